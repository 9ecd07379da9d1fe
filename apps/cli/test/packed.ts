/** The command line as a stranger has it: built, packed, and installed alone into an empty folder. */
import { execFile, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";

const app = join(import.meta.dirname, "..");
const run = promisify(execFile);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const packed = async () => {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "sluice-packed-")));
  const [copy, home] = [join(scratch, "cli"), join(scratch, "home")];
  mkdirSync(copy);
  mkdirSync(home);
  for (const name of ["bin", "man", "schemas", "package.json", "README.md", "LICENSE"]) {
    cpSync(join(app, name), join(copy, name), { recursive: true });
  }
  cpSync(join(inject("built"), "dist"), join(copy, "dist"), { recursive: true });
  const report = await run("npm", ["pack", "--json", "--pack-destination", scratch, copy], { cwd: scratch });
  const [tarball] = JSON.parse(report.stdout) as [
    { readonly filename: string; readonly size: number; readonly files: ReadonlyArray<{ readonly path: string }> },
  ];
  // A registry that nobody listens at: what installs has brought everything along.
  const environment = { PATH: process.env["PATH"], HOME: home, npm_config_registry: "http://127.0.0.1:9" };

  /** Its folder. `options`: more words for npm. */
  const install = async (name: string, ...options: ReadonlyArray<string>): Promise<string> => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const words = ["install", join(scratch, tarball.filename), "--no-audit", "--no-fund", "--fetch-retries=0"];
    await run("npm", [...words, ...options], { cwd: folder, env: environment });
    return folder;
  };
  return {
    ...{ scratch, home, tarball, install },
    /** Runs the program of an installation, as a shell would. */
    sluice: async (folder: string, args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
      const program = join(folder, "node_modules/.bin/sluice");
      const options = { cwd: folder, env: { ...environment, ...env } };
      try {
        return { code: 0, ...(await run(program, args, options)) };
      } catch (error) {
        const { code, stdout, stderr } = error as Ended;
        return { code, stdout, stderr };
      }
    },
    remove: () => {
      rmSync(scratch, { recursive: true, maxRetries: 3 });
    },
  };
};

/** A Node that is too old, where there is one. */
export const oldNode = ["/usr/bin/node", "/usr/local/bin/node"].find((path) => {
  if (!existsSync(path)) return false;
  const major = Number(/^v(\d+)/.exec(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout)?.[1]);
  return major < 22;
});
