/**
 * The service as the image has it: the bundle, in a folder laid out as `ops/Dockerfile` lays it out, started by its command.
 * Node lets it read that folder and a temporary one alone, and write to the latter alone.
 */
import { cpSync, globSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inject } from "vitest";
import { image, root } from "./image.ts";
import { type Environment, launch, startApi } from "./startApi.ts";

const builtTo = "apps/api/dist/";

export const ship = () => {
  // Node goes by real paths, and a system's temporary folder may be a link.
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "sluice-shipped-")));
  const [app, temporary] = [join(scratch, "app"), join(scratch, "tmp")];
  mkdirSync(temporary);
  for (const { from, to } of image.copies) {
    const files = from.startsWith(builtTo) ? join(inject("built"), from.slice(builtTo.length)) : join(root, from);
    for (const file of globSync(files)) cpSync(file, join(app, to, basename(file)));
  }
  const allowed = [`--allow-fs-read=${app}`, `--allow-fs-read=${temporary}`, `--allow-fs-write=${temporary}`];
  const program = ["--permission", ...allowed, ...image.command.slice(1)];
  const environment = { ...image.environment, TMPDIR: temporary };
  return {
    app,
    /** The only folder that it may write to. */
    temporary,
    /** With the image's environment, and more. */
    start: (env: Environment) => startApi({ ...environment, ...env }, app, program),
    run: (env: Environment, ...args: ReadonlyArray<string>) =>
      launch({ ...environment, ...env }, app, args, program).ended,
    remove: () => {
      rmSync(scratch, { recursive: true });
    },
  };
};
