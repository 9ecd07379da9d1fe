/** `sluice config path`: the files that are read; what stands in an earlier one wins. */
import * as Effect from "effect/Effect";
import { existsSync } from "node:fs";
import { Output } from "../output/Output.ts";
import type { ConfigPath } from "../results/config.ts";
import { projectFile, projectFileName, userFile } from "../settings/places.ts";

export const run = () =>
  Effect.gen(function* () {
    const output = yield* Output;
    const project = projectFile(process.cwd());
    const files = [
      ...(project === undefined ? [] : [{ from: "project" as const, path: project, exists: true }]),
      { from: "user" as const, path: userFile(process.env), exists: existsSync(userFile(process.env)) },
    ];
    if (project === undefined) output.note(`no ${projectFileName} here or above; \`sluice init\` writes one`);
    for (const { path, exists } of files) {
      output.product(`${path}\n`);
      if (!exists) output.note(`${path} is not there yet; \`sluice config set … --user\` writes it`);
    }
    const result: ConfigPath = { message: `${files.filter(({ exists }) => exists).length} files are read`, files };
    output.done(result);
  });
