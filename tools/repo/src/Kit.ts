/** A kit: other people's programs in a package of their own, outside the workspace, which is installed when first used. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

/** npm writes the registry's address into its complaints; whose it is concerns no log. */
export const withoutHosts = (text: string): string => text.replace(/https?:\/\/[^/\s]+/g, "<host>");

export class Kit {
  /** Where its programs are. */
  readonly binaries: string;
  readonly #home: string;

  /** `home`: the folder of its `package.json` and its lockfile. */
  constructor(home: string) {
    this.#home = home;
    this.binaries = join(home, "node_modules/.bin");
  }

  /** Installs it, unless what its lockfile names is there. Throws when npm fails, and tells what npm says. */
  install(): void {
    // npm writes this file last: an interrupted install does not pass for one.
    const installed = join(this.#home, "node_modules/.package-lock.json");
    const lockfile = statSync(join(this.#home, "package-lock.json"));
    if (existsSync(installed) && statSync(installed).mtimeMs >= lockfile.mtimeMs) return;
    const name = basename(this.#home);
    process.stderr.write(`installing the ${name}…\n`);
    const { stderr, status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: this.#home,
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    process.stderr.write(withoutHosts(stderr));
    if (status !== 0) throw new Error(`npm could not install the ${name}; what it says stands above.`);
  }

  /** The file that importing a package of it loads; installs the kit first if it is not there. */
  entryOf(name: string): string {
    this.install();
    return createRequire(join(this.#home, "package.json")).resolve(name);
  }
}
