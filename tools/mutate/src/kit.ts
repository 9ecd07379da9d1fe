/** Stryker and the coverage provider live in a package of their own, outside the workspace, and are installed when first used. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const home = join(import.meta.dirname, "../kit");

/** The file that importing a tool loads; installs the kit first if it is not there. */
export const entryOf = (tool: string): string => {
  // npm writes this file last: an interrupted install does not pass for one.
  if (!existsSync(join(home, "node_modules/.package-lock.json"))) {
    process.stderr.write("installing the kit…\n");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: home, stdio: ["ignore", "ignore", "inherit"] });
  }
  return createRequire(join(home, "package.json")).resolve(tool);
};
