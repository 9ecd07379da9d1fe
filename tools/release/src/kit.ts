/**
 * The tools of a release, and the oldest Node that the packages support:
 * `node tools/release/src/kit.ts [tool words…]` runs one of them.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Kit } from "../../repo/src/Kit.ts";

export const kit = new Kit(join(import.meta.dirname, "../kit"));

if (import.meta.main) {
  kit.install();
  const [tool, ...words] = process.argv.slice(2);
  if (tool !== undefined) {
    process.exitCode = spawnSync(join(kit.binaries, tool), words, { stdio: "inherit" }).status ?? 1;
  }
}
