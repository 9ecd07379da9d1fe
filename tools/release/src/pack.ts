/** The tarballs that `npm publish` would send. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Published, workspaceRoot } from "./published.ts";

export interface Packed {
  readonly name: string;
  /** The path of the `.tgz`. */
  readonly tarball: string;
  /** The paths in it, relative to the package. */
  readonly files: ReadonlyArray<string>;
}

/** The part of npm's report that is read. */
type Report = ReadonlyArray<{
  readonly name: string;
  readonly filename: string;
  readonly files: ReadonlyArray<{ readonly path: string }>;
}>;

/** Packs the built packages into a folder. */
export const pack = async (published: ReadonlyArray<Published>, into: string): Promise<ReadonlyArray<Packed>> => {
  const words = ["pack", "--json", "--pack-destination", into, ...published.map(({ folder }) => folder)];
  const { stdout } = await promisify(execFile)("npm", words, { cwd: workspaceRoot });
  return (JSON.parse(stdout) as Report).map(({ name, filename, files }) => ({
    name,
    tarball: join(into, filename),
    files: files.map(({ path }) => path),
  }));
};
