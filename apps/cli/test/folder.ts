/** A folder that is gone after the test. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const temporaryFolder = (): Disposable & { readonly path: string } => {
  const path = mkdtempSync(join(tmpdir(), "sluice-cli-"));
  return {
    path,
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};

/** The size in a PNG's header. */
export const sizeOf = (path: string): readonly [number, number] => {
  const bytes = readFileSync(path);
  if (bytes.subarray(1, 4).toString("latin1") !== "PNG") throw new Error(`${path} is not a PNG`);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};
