/** The repository's files that the catalogue's tests read. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const source = join(root, "packages/errors/src");

export const pagesFolder = join(root, "docs/errors");
export const decision = readFileSync(join(root, "docs/decisions/retry-policies.md"), "utf8");

/** Every source file outside the catalogue, by its path. */
export const sources: ReadonlyMap<string, string> = new Map(
  readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.startsWith("catalogue"))
    .map((path) => [path, readFileSync(join(source, path), "utf8")]),
);

/** The pages as they are committed, by their names. */
export const pages: ReadonlyMap<string, string> = new Map(
  readdirSync(pagesFolder).map((name) => [name, readFileSync(join(pagesFolder, name), "utf8")]),
);

/** Said when a page is not what the code makes of it. */
export const stale = "The error catalogue is stale: run `npm run errors:pages` and commit docs/.";
