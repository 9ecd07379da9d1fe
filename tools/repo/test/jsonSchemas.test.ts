import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checklistPage } from "../src/checklistPage.ts";
import * as launch from "../src/launchSchemas.ts";
import * as models from "../src/modelSchemas.ts";
import { workspaceRoot } from "../src/nx.ts";
import * as telemetry from "../src/telemetrySchemas.ts";

const stale = (name: string): string => `Stale: run \`npm run ${name}:pages\` and commit what it writes.`;

describe.each([
  { name: "models", pages: "models", ...models },
  { name: "readiness", pages: "launch", ...launch },
  { name: "telemetry", pages: "telemetry", ...telemetry },
])("what @sluice/$name publishes as JSON Schemas", ({ name, pages, schemaFiles }) => {
  const folder = join(workspaceRoot, "packages", name, "schemas");

  it("is made from its zod schemas", async () => {
    const files = await schemaFiles();
    expect(readdirSync(folder).sort(), stale(pages)).toEqual([...files.keys()].sort());
    for (const [file, text] of files) expect(readFileSync(join(folder, file), "utf8"), stale(pages)).toBe(text);
  });
});

it("the page of the preflight rules is theirs", async () => {
  const page = readFileSync(join(workspaceRoot, "docs/preflight.md"), "utf8");
  expect(page, stale("models")).toBe(await models.preflightPage());
});

it("the page of the production checklist is that of the checks", async () => {
  const page = readFileSync(join(workspaceRoot, "docs/checklist.md"), "utf8");
  expect(page, stale("launch")).toBe(await checklistPage());
});
