/** Builds the command line once for all tests: what they run is what is shipped, and it starts three times as fast. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsup";
import type { TestProject } from "vitest/node";
import config from "../tsup.config.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder with `bin` and `dist`. */
    built: string;
  }
}

const app = join(import.meta.dirname, "..");

export default async (project: TestProject): Promise<() => void> => {
  // Where the optional keychain is found, as beside an installed one.
  const folder = join(app, "../../node_modules/.cache", `sluice-cli-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of ["bin", "package.json"]) cpSync(join(app, name), join(folder, name), { recursive: true });
  await build({ ...config, config: false, outDir: join(folder, "dist"), silent: true });
  project.provide("built", folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
};
