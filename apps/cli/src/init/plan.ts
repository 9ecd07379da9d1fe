/** What `sluice init` would do to each file, before it does any of it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitionOf } from "../settings/definitions.ts";
import { projectFileName } from "../settings/places.ts";
import { belowTop } from "./belowTop.ts";
import { envExample } from "./envExample.ts";
import { extendedGitignore } from "./gitignore.ts";
import { launchFile } from "./launchFile.ts";
import { type Chosen, settingsFile } from "./settingsFile.ts";
import { workflow, workflowPath } from "./workflow.ts";

export interface PlannedFile {
  /** From the folder. */
  readonly path: string;
  readonly action: "written" | "replaced" | "extended" | "kept";
  /** All that it holds afterwards; `undefined`: it stays as it is. */
  readonly content: string | undefined;
}

interface Asked {
  /** Whether what is there is written anew. */
  readonly force: boolean;
  /** Whether a workflow is written. */
  readonly ci: boolean;
}

export const planFiles = (folder: string, chosen: Chosen, { force, ci }: Asked): ReadonlyArray<PlannedFile> => {
  const whole = (path: string, content: string): PlannedFile => {
    if (!existsSync(join(folder, path))) return { path, action: "written", content };
    return force ? { path, action: "replaced", content } : { path, action: "kept", content: undefined };
  };
  const below = belowTop(folder);
  return [
    whole(projectFileName, settingsFile(chosen)),
    whole(".env.example", envExample()),
    whole("launch.toml", launchFile(chosen)),
    ...(ci ? [whole(workflowPath(below), workflow(below))] : []),
    gitignore(folder),
  ];
};

const gitignore = (folder: string): PlannedFile => {
  const path = ".gitignore";
  const file = join(folder, path);
  const isThere = existsSync(file);
  const content = extendedGitignore(
    isThere ? readFileSync(file, "utf8") : "",
    definitionOf("output_folder").default ?? "out",
  );
  if (content === undefined) return { path, action: "kept", content };
  return { path, action: isThere ? "extended" : "written", content };
};
