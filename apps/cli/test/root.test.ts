import { assert, describe, it } from "vitest";
import { groups } from "../src/root.ts";

describe("the commands that are loaded when they are named", () => {
  it.each(groups.flatMap(({ commands }) => commands))("describe $name as its own file does", async (entry) => {
    const { name, alias, shortDescription, description } = await entry.load();
    assert.deepStrictEqual(
      { name, alias, about: shortDescription ?? description },
      { name: entry.name, alias: entry.alias, about: entry.about },
    );
  });
});
