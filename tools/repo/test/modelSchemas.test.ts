import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { preflightPage, schemaFiles } from "../src/modelSchemas.ts";
import { workspaceRoot } from "../src/nx.ts";

const stale = "Stale: run `npm run models:pages` and commit what it writes.";
const folder = join(workspaceRoot, "packages/models/schemas");

it("the published JSON Schemas are those of the zod schemas", async () => {
  const files = await schemaFiles();
  expect(readdirSync(folder).sort(), stale).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(readFileSync(join(folder, name), "utf8"), `${name}: ${stale}`).toBe(text);
});

it("the page of the preflight rules is theirs", async () => {
  expect(readFileSync(join(workspaceRoot, "docs/preflight.md"), "utf8"), stale).toBe(await preflightPage());
});
