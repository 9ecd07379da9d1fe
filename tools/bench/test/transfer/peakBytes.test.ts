import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const held = 300_000_000;
const file = join(import.meta.dirname, "../../src/transfer/peakBytes.ts");

/** What a new process prints of its peak, in bytes, after doing something. */
const peakAfter = (something: string): number => {
  const code = `import { peakBytes } from ${JSON.stringify(file)}; ${something}; process.stdout.write(String(peakBytes()));`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }));
};

it("is that of memory which is held between two turns of the loop, and given back", () => {
  expect(peakAfter(`new Uint8Array(${held}).fill(1)`)).toBeGreaterThan(held);
});

it("is the process's own, and not that of the one that started it", () => {
  const own = new Uint8Array(held).fill(1);
  expect(peakAfter("")).toBeLessThan(held);
  expect(own.at(-1)).toBe(1);
});
