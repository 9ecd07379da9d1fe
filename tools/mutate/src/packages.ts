/** Which package a command is about, and where the repository keeps things. */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

export const workspaceRoot = resolve(import.meta.dirname, "../../..");

/** Git, prettier, eslint and Nx ignore it. Relative to the workspace. */
export const scratch = "tools/mutate/out";

/** The package that `npm run <command> -- <package>` names; anything else ends the program. */
export const packageFor = (command: string): string => {
  const folder = join(workspaceRoot, "packages");
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "vitest.config.ts")));
  const [name = "", ...rest] = process.argv.slice(2);
  if (names.includes(name) && rest.length === 0) return name;
  process.stderr.write(`usage: npm run ${command} -- <${names.join("|")}>\n`);
  process.exit(2);
};
