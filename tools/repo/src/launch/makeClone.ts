/** A clone of this repository as the last commit left it, and a home without anybody's settings. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export interface Clone extends AsyncDisposable {
  /** The repository whose programs are run. */
  readonly root: string;
  /** The clone's folder. */
  readonly app: string;
  readonly env: NodeJS.ProcessEnv;
  /** For Node, to run this repository's programs from their sources. */
  readonly nodeFlags: ReadonlyArray<string>;
}

export const makeClone = async (root: string): Promise<Clone> => {
  const top = await mkdtemp(join(tmpdir(), "launch-"));
  const [app, home] = [join(top, "app"), join(top, "home")];
  // By an address, git copies what a commit still leads to, and nothing else that lies around here.
  await promisify(execFile)("git", ["clone", "--quiet", pathToFileURL(root).href, app]);
  await mkdir(home);
  return {
    ...{ root, app, nodeFlags: ["--conditions=@sluice/source"] },
    env: { PATH: process.env["PATH"], HOME: home, NO_COLOR: "1" },
    [Symbol.asyncDispose]: () => rm(top, { recursive: true, force: true }),
  };
};
