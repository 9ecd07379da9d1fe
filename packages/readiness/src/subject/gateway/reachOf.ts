/** From where a host can be reached, as far as its name tells. */
import { isInsideAddress } from "@sluice/core/effect";
import { isIP } from "node:net";

/** `here`: this machine alone. `inside`: a network that is not the internet. */
export type Reach = "here" | "inside" | "internet";

const inside = /\.(internal|local|lan|home\.arpa|svc|cluster\.local|flycast|intranet|corp)$/;

export const reachOf = (url: string): Reach => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  if (/^(127\.|0\.0\.0\.0$)|^::1?$|(^|\.)localhost$/.test(host)) return "here";
  if (isIP(host) !== 0) return isInsideAddress(host) ? "inside" : "internet";
  // `host.docker.internal` leads a container to its machine; a name without a dot is a neighbour's.
  return inside.test(host) || !host.includes(".") ? "inside" : "internet";
};
