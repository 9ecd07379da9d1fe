import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { pages } from "../pages/pages.ts";

const root = join(import.meta.dirname, "../../..");

describe("what is made of the service's code", () => {
  it("is what the repository has", async () => {
    for (const [path, text] of await pages()) {
      const written = readFileSync(join(root, path), "utf8");
      assert.isTrue(written === text, `${path} is stale: run \`npm run api:pages\` and commit what it writes.`);
    }
  });

  it("is the same each time", async () => {
    assert.deepStrictEqual([...(await pages())], [...(await pages())]);
  });
});
