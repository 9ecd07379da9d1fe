/** What else sets a setting, and stands above the file that it was written to. */
import { definitionOf, type SettingName } from "../settings/definitions.ts";
import { inspectSettingsFile } from "../settings/inspectFile.ts";
import { projectFile } from "../settings/places.ts";
import type { Chosen } from "./chooseFile.ts";

/** A variable, or a file with its line. */
export const winnerOver = (
  name: SettingName,
  { owner }: Chosen,
  env: NodeJS.ProcessEnv,
  folder: string = process.cwd(),
): string | undefined => {
  const variable = definitionOf(name).variables.find((one) => (env[one] ?? "") !== "");
  if (variable !== undefined) return variable;
  const project = owner === "user" ? projectFile(folder) : undefined;
  if (project === undefined) return undefined;
  const value = inspectSettingsFile(project, "project").values.get(name);
  return value === undefined ? undefined : `${project}:${value.line}`;
};
