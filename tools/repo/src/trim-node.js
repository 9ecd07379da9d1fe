/**
 * After an install: removes the C++ headers that the `node` package unpacks, 67 MB that only native builds read, and
 * nothing here builds any. Plain JavaScript: it runs on whatever Node the machine has.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";

const home = new URL("../../../node_modules/node/node_modules/", import.meta.url);
const packages = existsSync(home) ? readdirSync(home, { withFileTypes: true }) : [];
for (const entry of packages.filter((candidate) => candidate.isDirectory())) {
  rmSync(new URL(`${entry.name}/include`, home), { recursive: true, force: true });
}
