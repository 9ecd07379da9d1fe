/** A home for the processes of one test file, so that nothing of the tester's own, or of another file's, is read or written. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const newHome = (): string => mkdtempSync(join(tmpdir(), "sluice-home-"));

export let home = newHome();

/** Modules are loaded once for all files of a worker: `moveIn.ts` does this before each. */
export const moveIn = (): void => {
  remove();
  home = newHome();
};

const remove = (): void => {
  rmSync(home, { recursive: true, force: true });
};

process.on("exit", remove);
