/** What is wrong with a setting's value, before it is written or used; more than `definitions` can know without @sluice/models. */
import { resolveGateway } from "@sluice/models";
import { definitionOf, type SettingName } from "./definitions.ts";
import { secretIn } from "./secretIn.ts";

/** A sentence that does not repeat what may be a secret; `undefined`: nothing is wrong. */
export const mistakeInValue = (name: SettingName, text: string): string | undefined => {
  const secret = secretIn(text);
  if (secret !== undefined) return `it holds ${secret}, which does not belong in a file of settings`;
  try {
    definitionOf(name).parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (name === "gateway") return isPlaced(text) ? undefined : mistakeOf(resolveGateway({ gateway: text }));
  if (name === "gateway_url") return mistakeOf(resolveGateway({ gatewayUrl: text }));
  return undefined;
};

/** Its address or its data come from elsewhere. */
const isPlaced = (gateway: string): boolean =>
  gateway === "go-livepeer" || (gateway.endsWith(".json") && !gateway.includes("://"));

const mistakeOf = (resolution: ReturnType<typeof resolveGateway>): string | undefined => {
  if (resolution.ok) return undefined;
  return resolution.fields.map(({ message, fix = "" }) => `${message}. ${fix}`.replace(/\. $/, "")).join("; ");
};
