/** Variables in TOML: tables such as `[env]`, and Sluice's own configuration. */
import { parse } from "smol-toml";
import { type Assigned, type GatewayVariable, isGatewayVariable } from "./variables.ts";

type Names = (key: string) => GatewayVariable | undefined;

/** In groups that hold together. A file that is not TOML has none. */
export const assignedInToml = (file: string, text: string): ReadonlyArray<ReadonlyArray<Assigned>> =>
  groupsIn(file, text, (key) => (isGatewayVariable(key) ? key : undefined));

/** `sluice.config.toml`. */
export const assignedInConfiguration = (file: string, text: string): ReadonlyArray<ReadonlyArray<Assigned>> =>
  groupsIn(file, text, (key) =>
    key === "gateway" ? "SLUICE_GATEWAY" : key === "gateway_url" ? "SLUICE_GATEWAY_URL" : undefined,
  );

const groupsIn = (file: string, text: string, nameOf: Names): ReadonlyArray<ReadonlyArray<Assigned>> => {
  const groups: Array<ReadonlyArray<Assigned>> = [];
  const look = (table: unknown): void => {
    if (typeof table !== "object" || table === null) return;
    const group = Object.entries(table).flatMap(([key, value]) => {
      const name = nameOf(key);
      look(value);
      return name === undefined || typeof value !== "string"
        ? []
        : [{ name, value, place: placeOf(file, text, key, value) }];
    });
    if (group.length > 0) groups.push(group);
  };
  try {
    look(parse(text));
  } catch {
    return [];
  }
  return groups;
};

/** The parser tells no lines. */
const placeOf = (file: string, text: string, key: string, value: string) => {
  const at = text
    .split("\n")
    .findIndex((line) => new RegExp(`\\b${key}\\b["']?\\s*=`).test(line) && line.includes(value));
  return { file, ...(at < 0 ? {} : { line: at + 1 }) };
};
