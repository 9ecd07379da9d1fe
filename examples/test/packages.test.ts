/** Runs the examples of the packages' READMEs as a stranger would, and compares what they print with what is said. */
import { startEmulator } from "@sluice/emulator";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { assert, describe, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const readmes = readdirSync(join(root, "packages"))
  .map((name) => ({ name, path: join(root, "packages", name, "README.md") }))
  .filter(({ path }) => existsSync(path));

/** What an example prints, and the files that it saves. */
const run = async (code: string) => {
  await using emulator = await startEmulator();
  // Within the workspace, where the packages' names resolve.
  const cwd = mkdtempSync(join(root, "examples/readme-"));
  try {
    const options = ["--conditions=@sluice/source", "--input-type=module-typescript", "--eval", code];
    const env = { SLUICE_GATEWAY: emulator.url };
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd, env });
    return { stdout, files: readdirSync(cwd) };
  } finally {
    rmSync(cwd, { recursive: true });
  }
};

describe.each(readmes)("the README of $name", ({ path }) => {
  const readme = readFileSync(path, "utf8");
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```\n\s*^```text\n(.*?)^```$/gms)].map(
    ([, code = "", text = ""]) => ({ code, text }),
  );

  it("says of each of its examples what it prints", () => {
    assert.isNotEmpty(examples);
    assert.lengthOf(readme.match(/^```ts$/gm) ?? [], examples.length);
  });

  it.each(examples)(
    "has an example that prints just that, and saves what it names: number %#",
    async ({ code, text }) => {
      const { stdout, files } = await run(code);
      assert.strictEqual(stdout, text);
      assert.lengthOf(files, /\bsave\(/.test(code) ? 1 : 0);
    },
  );
});
