/** The configuration: every mistake in it, and secrets where many may read them. */
import { existsSync, readFileSync } from "node:fs";
import { configMistakes } from "../config/mistakes.ts";
import { projectFile, userFile } from "../settings/places.ts";
import { secretIn } from "../settings/secretIn.ts";
import { type Found, ok, problem, warning } from "./Check.ts";

export const checkConfig = (env: NodeJS.ProcessEnv, folder: string): Found => {
  const mistakes = configMistakes(env, folder);
  const [first] = mistakes;
  if (first !== undefined) {
    const more = mistakes.length === 1 ? "" : `, and ${mistakes.length - 1} more`;
    return problem(`${first.where}: ${first.message}${more}`, "sluice config validate");
  }
  const read = [projectFile(folder), userFile(env)].filter((path) => path !== undefined && existsSync(path));
  return ok(read.length === 0 ? "no file; the defaults hold" : read.join(", "));
};

/** A project's file is committed, and read by everybody. */
export const checkSecrets = (folder: string): Found => {
  const path = projectFile(folder);
  if (path === undefined) return ok("no project file");
  let lines: ReadonlyArray<string>;
  try {
    lines = readFileSync(path, "utf8").split("\n");
  } catch {
    return warning(`${path} cannot be read`, `ls -l ${path}`);
  }
  const at = lines.findIndex((line) => secretIn(line) !== undefined);
  if (at === -1) return ok(`none in ${path}`);
  const what = secretIn(lines[at] ?? "") ?? "";
  return problem(
    `${path}:${at + 1} holds ${what}; a project's file is read by many, so take it out, and replace the key`,
    `sed -i '${at + 1}d' ${path}   # then: sluice auth login`,
  );
};
