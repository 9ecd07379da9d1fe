/**
 * The tools of a release live in a package of their own, outside the workspace, and are installed when first used:
 * `node tools/release/src/kit.ts [tool words…]` runs one of them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const home = join(import.meta.dirname, "../kit");

/** Where the kit's programs are; the oldest Node that the packages support is `node` among them. */
export const kitBinaries = join(home, "node_modules/.bin");

const lockfile = join(home, "package-lock.json");
// npm writes this file last: an interrupted install does not pass for one.
const installed = join(home, "node_modules/.package-lock.json");

export const installKit = (): void => {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  process.stderr.write("installing the release kit…\n");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: home, stdio: "ignore" });
};

if (import.meta.main) {
  installKit();
  const [tool, ...words] = process.argv.slice(2);
  if (tool !== undefined) {
    process.exitCode = spawnSync(join(kitBinaries, tool), words, { stdio: "inherit" }).status ?? 1;
  }
}
