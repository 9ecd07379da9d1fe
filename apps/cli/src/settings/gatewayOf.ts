/** Which gateway is meant. */
import type { GatewayChoice } from "@sluice/models";
import { dirname, resolve } from "node:path";
import type { Origin, Settings } from "./Settings.ts";

/** A choice of the gateway that was typed now; what files say comes after it. */
const rank: Readonly<Record<Origin["from"], number>> = { flag: 0, environment: 0, project: 1, user: 2, default: 3 };

/** An address belongs to the gateway that it was written for: that of a file does not follow a gateway named by a flag. */
export const gatewayOf = ({
  gateway,
  gateway_url: url,
}: Settings): Pick<GatewayChoice, "gatewayUrl"> & { readonly gateway?: string } => ({
  gateway: pathOf(gateway),
  ...(url.value !== undefined && rank[url.origin.from] <= rank[gateway.origin.from] ? { gatewayUrl: url.value } : {}),
});

/** A gateway's own file is looked for beside the configuration that names it. */
const pathOf = ({ value, origin }: Settings["gateway"]): string => {
  const isInFile = origin.from === "project" || origin.from === "user";
  if (!isInFile || !value.endsWith(".json") || value.includes("://")) return value;
  return resolve(dirname(origin.where.replace(/:\d+$/, "")), value);
};
