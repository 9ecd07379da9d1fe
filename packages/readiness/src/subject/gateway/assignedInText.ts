/** Variables in files of lines: `.env` files and Dockerfiles. */
import type { Assigned } from "./variables.ts";
import { isGatewayVariable } from "./variables.ts";

/** As dotenv reads them. */
export const assignedInEnvFile = (file: string, text: string): ReadonlyArray<Assigned> =>
  assignedInLines(file, text, /^\s*(?:export\s+)?(\w+)\s*=\s*("[^"]*"|'[^']*'|[^#]*)/);

export const assignedInDockerfile = (file: string, text: string): ReadonlyArray<Assigned> =>
  assignedInLines(file, text, /^\s*ENV\s+(\w+)(?:=|\s+)("[^"]*"|'[^']*'|\S*)/i);

const assignedInLines = (file: string, text: string, pattern: RegExp): ReadonlyArray<Assigned> =>
  text.split("\n").flatMap((line, at) => {
    const [, name, value = ""] = pattern.exec(line) ?? [];
    if (!isGatewayVariable(name)) return [];
    return [{ name, value: value.trim().replace(/^(["'])(.*)\1$/, "$2"), place: { file, line: at + 1 } }];
  });
