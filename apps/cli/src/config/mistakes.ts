/** Everything that is wrong in the files and the variables of this run, not only the first mistake. */
import { definitionOf, settingNames } from "../settings/definitions.ts";
import { type FileMistake, inspectSettingsFile } from "../settings/inspectFile.ts";
import { mistakeInValue } from "../settings/mistakeInValue.ts";
import { projectFile, userFile } from "../settings/places.ts";

export const configMistakes = (env: NodeJS.ProcessEnv, folder: string): ReadonlyArray<FileMistake> => {
  const project = projectFile(folder);
  return [
    ...(project === undefined ? [] : fileMistakes(project, "project")),
    ...fileMistakes(userFile(env), "user"),
    ...variableMistakes(env),
  ];
};

const fileMistakes = (path: string, owner: "project" | "user"): ReadonlyArray<FileMistake> => {
  const { values, mistakes } = inspectSettingsFile(path, owner);
  const inValues = [...values].flatMap(([name, { text, line }]) => {
    const message = mistakeInValue(name, text);
    const fix = `sluice config set ${name} <value> --${owner}`;
    return message === undefined ? [] : [{ where: `${path}:${line}`, message: `${name}: ${message}`, fix }];
  });
  return [...mistakes, ...inValues].toSorted((one, other) => lineOf(one) - lineOf(other));
};

const lineOf = ({ where }: FileMistake): number => Number(/:(\d+)$/.exec(where)?.[1] ?? 0);

const variableMistakes = (env: NodeJS.ProcessEnv): ReadonlyArray<FileMistake> =>
  settingNames.flatMap((name) => {
    // The others do not count.
    const variable = definitionOf(name).variables.find((one) => (env[one] ?? "") !== "");
    if (variable === undefined) return [];
    const message = mistakeInValue(name, env[variable] ?? "");
    return message === undefined ? [] : [{ where: variable, message, fix: `unset ${variable}` }];
  });
