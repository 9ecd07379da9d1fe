/**
 * Who chose the address that a key would go to. A project's file may come from anybody: a cloned repository that names an
 * address must not be given the keys of whoever runs a command in it.
 */
import { livepeerCloud, livepeerStudio } from "@sluice/models/facts";
import { gatewayOf } from "../settings/gatewayOf.ts";
import type { Origin, Settings } from "../settings/Settings.ts";

/** What the address was read from, in a flag, a variable or a file. */
export const addressOrigin = (settings: Settings): Origin => {
  const { gateway, gateway_url: url } = settings;
  // A gateway that is an address itself has no use for another.
  const isOverridden = !gateway.value.includes("://") && gatewayOf(settings).gatewayUrl !== undefined;
  return isOverridden ? url.origin : gateway.origin;
};

const hosted: ReadonlySet<string> = new Set([livepeerCloud.baseUrl, livepeerStudio.baseUrl]);

export const isLoopback = (baseUrl: string): boolean =>
  /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(new URL(baseUrl).hostname);

/** Whether a key that was stored for no address in particular may go there. */
export const mayReceiveAnyKey = (baseUrl: string, { from }: Origin): boolean =>
  from !== "project" || hosted.has(baseUrl) || isLoopback(baseUrl);
