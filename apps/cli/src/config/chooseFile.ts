/** Which file a setting is written to: the project's where there is one, unless the user says or it is none of a project's. */
import { join } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";
import { projectFile, projectFileName, userFile } from "../settings/places.ts";

export interface Chosen {
  readonly path: string;
  readonly owner: "project" | "user";
}

interface Wish {
  readonly user: boolean;
  readonly project: boolean;
  /** A project's file may come from anybody, so it may not set everything. */
  readonly userOnly: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
}

export const chooseFile = (name: string, { user, project, userOnly, env, folder }: Wish): Chosen | Failed => {
  if (user && project)
    return failed("SLUICE-USAGE", {
      message: "--user and --project exclude each other",
      fix: "Leave one of them out.",
    });
  if (project && userOnly) {
    const message = `${name} may not be set by a project's file, which anybody may have written`;
    return failed("SLUICE-USAGE", {
      message,
      fix: `Set it in your own file: sluice config set ${name} <value> --user`,
    });
  }
  const nearest = projectFile(folder);
  if (project || (!user && !userOnly && nearest !== undefined)) {
    return { path: nearest ?? join(folder, projectFileName), owner: "project" };
  }
  return { path: userFile(env), owner: "user" };
};
