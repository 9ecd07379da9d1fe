/** The packages that are published, as their manifests describe them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const workspaceRoot = resolve(import.meta.dirname, "../../..");

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface Published {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The specifiers that run: `@sluice/errors`, `@sluice/errors/catalogue`. Data, such as schemas, is none. */
  readonly entries: ReadonlyArray<string>;
}

const entriesOf = ({ name, exports }: Manifest): ReadonlyArray<string> =>
  Object.entries(exports).flatMap(([path, target]) => (typeof target === "string" ? [] : [join(name, path)]));

const packages = join(workspaceRoot, "packages");

export const published: ReadonlyArray<Published> = readdirSync(packages)
  .map((name) => join(packages, name))
  .filter((folder) => existsSync(join(folder, "package.json")))
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest,
  }))
  .filter(({ manifest }) => manifest.private !== true)
  .map((entry) => ({ ...entry, entries: entriesOf(entry.manifest) }));
