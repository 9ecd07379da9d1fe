import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { assert, describe, it } from "vitest";
import { pages } from "../pages/pages.ts";
import { type CliCode, codes, docsUrlOf } from "../src/failures/codes.ts";

const root = join(import.meta.dirname, "../../..");

describe("what is made of the command line's code", () => {
  it("is what the repository has", async () => {
    const made = await pages();
    for (const [path, text] of made) {
      const written = readFileSync(join(root, path), "utf8");
      assert.isTrue(written === text, `${path} is stale: run \`npm run cli:pages\` and commit what it writes.`);
    }
    const schemas = [...made.keys()].filter((path) => path.startsWith("apps/cli/schemas/"));
    assert.sameMembers(globSync("apps/cli/schemas/*", { cwd: root }), schemas);
  });

  it("has a heading for each error that the command line links to", async () => {
    const page = (await pages()).get("docs/cli-errors.md") ?? "";
    const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title.toLowerCase());
    const links = (Object.keys(codes) as Array<CliCode>).map(docsUrlOf);
    assert.isNotEmpty(links);
    assert.deepStrictEqual(
      links.map((link) => link.split("/docs/")[1]),
      anchors.map((anchor) => `cli-errors.md#${anchor}`),
    );
  });

  it("has schemas that are JSON Schemas, and say no to what is no result", async () => {
    const ajv = new Ajv2020({ strict: false, formats: { uri: true, date: true, "date-time": true } });
    const schemas = [...(await pages())].filter(([path]) => path.endsWith(".json"));
    assert.isAbove(schemas.length, 4);
    for (const [path, text] of schemas) {
      const isLine = ajv.compile(JSON.parse(text) as object);
      assert.isFalse(isLine({ type: "result", ok: true }), path);
    }
  });
});
