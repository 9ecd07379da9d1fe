/** The tarballs that `npm publish` would send. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Published } from "./published.ts";

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

/** Packs the built package into a folder. */
export const pack = async ({ folder, manifest }: Published, into: string): Promise<Packed> => {
  const words = ["pack", "--json", "--pack-destination", into];
  const { stdout } = await promisify(execFile)("npm", words, { cwd: folder });
  const [report] = JSON.parse(stdout) as Report;
  if (report === undefined) throw new Error(`npm packed nothing of ${manifest.name}.`);
  return { name: report.name, tarball: join(into, report.filename), files: report.files.map(({ path }) => path) };
};
