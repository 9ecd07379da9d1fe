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
  try {
    const data: unknown = JSON.parse(readFileSync(gateway, "utf8"));
    return { ok: true, choice: { ...choice, gateway: objectOf(data) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the file "${gateway}" cannot be read as JSON: ${reason}`;
    return { ok: false, fields: [{ path: "gateway", message, fix: "Give the path of a JSON file with a gateway." }] };
  }
};

/** What is no object is told so by the schema. */
const objectOf = (data: unknown): GatewayFile => (typeof data === "object" ? data : [data]) as GatewayFile;
