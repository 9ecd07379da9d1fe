/** A gateway of the user's own in a JSON file: its name may stand where a profile's name may. */
import type { FieldError } from "@sluice/errors";
import type { GatewayChoice, GatewayFile } from "@sluice/models";
import { readFileSync } from "node:fs";

type Loaded =
  | { readonly ok: true; readonly choice: GatewayChoice }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** The choice with the file's content for its name; any other choice as it is. The content is not checked here. */
export const loadGateway = (choice: GatewayChoice): Loaded => {
  const { gateway } = choice;
  if (typeof gateway !== "string" || !gateway.endsWith(".json") || gateway.includes("://")) return { ok: true, choice };
  let text: string;
  try {
    text = readFileSync(gateway, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`the file "${gateway}" cannot be read: ${reason}`, "Give the path of a JSON file with a gateway.");
  }
  try {
    return { ok: true, choice: { ...choice, gateway: objectOf(JSON.parse(text.replace(/^\ufeff/, ""))) } };
  } catch (error) {
    // The engine's own words quote the file, which may hold a key.
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0];
    const where = place === undefined ? "" : `: it goes wrong ${place}`;
    return refuse(
      `the file "${gateway}" is not JSON${where}`,
      "Correct it; JSON has no comments and no commas at the end of lists.",
    );
  }
};

const refuse = (message: string, fix: string): Loaded => ({ ok: false, fields: [{ path: "gateway", message, fix }] });

/** What is no object is told so by the schema. */
const objectOf = (data: unknown): GatewayFile => (typeof data === "object" ? data : [data]) as GatewayFile;
