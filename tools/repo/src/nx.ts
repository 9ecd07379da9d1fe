/** How the scripts and tests of this repository reach Nx. */
import { execFile } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

export const workspaceRoot = resolve(import.meta.dirname, "../../..");
export const nxBinary = join(workspaceRoot, "node_modules/.bin/nx");

export const nxEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NX_DAEMON: "false",
  // The Node that runs this file runs Nx too, whatever the shell's is.
  PATH: [dirname(process.execPath), process.env["PATH"]].join(":"),
});

/** What `nx <words>` prints, parsed. */
export const askNx = async (...words: ReadonlyArray<string>): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(nxBinary, words, {
    cwd: workspaceRoot,
    env: nxEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
};
