/** A gateway of the user's own, from its JSON file; a file that is broken is told as a client tells it. */
import { type GatewayFile, type Resolution, resolveGateway } from "@sluice/models";
import { readFileSync } from "node:fs";

export const isGatewayFile = (gateway: string): boolean => gateway.endsWith(".json") && !gateway.includes("://");

/** `gatewayUrl`: another address for it; empty: the file's own. */
export const readGateway = (path: string, gatewayUrl = ""): Resolution => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`the file "${path}" cannot be read: ${reason}`, "Give the path of a JSON file with a gateway.");
  }
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    // The engine's own words quote the file, which may hold a key.
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0];
    const where = place === undefined ? "" : `: it goes wrong ${place}`;
    const fix = "Correct it; JSON has no comments and no commas at the end of lists.";
    return refuse(`the file "${path}" is not JSON${where}`, fix);
  }
  // What is no object is told so by the schema.
  const gateway = (typeof data === "object" && data !== null ? data : [data]) as GatewayFile;
  return resolveGateway({ gateway, gatewayUrl });
};

const refuse = (message: string, fix: string): Resolution => ({
  ok: false,
  fields: [{ path: "gateway", message, fix }],
});
