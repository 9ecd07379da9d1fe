import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { workspaceRoot } from "../../repo/src/nx.ts";
import { generatedFiles } from "../src/generatedFiles.ts";

const files = await generatedFiles();

it.each([...files])("%s is what would be generated", (path, text) => {
  const committed = readFileSync(join(workspaceRoot, path), "utf8");
  expect(committed, "Stale: run `npm run ops:pages` and commit what it writes.").toBe(text);
});

it("generates the same twice", async () => {
  expect(await generatedFiles()).toEqual(files);
});
