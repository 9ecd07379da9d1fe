/** A home for the processes of one test file, so that nothing of the tester's own is read or written. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const home = mkdtempSync(join(tmpdir(), "sluice-home-"));

process.on("exit", () => {
  rmSync(home, { recursive: true, force: true });
});
