import { parse } from "smol-toml";
import { assert, describe, it } from "vitest";
import * as z from "zod";
import { Key } from "../../src/keys/Key.ts";
import { KeySettings } from "../../src/keys/KeySettings.ts";
import { newKey } from "../../src/keys/newKey.ts";
import { mintKey } from "../../src/keys/KeyText.ts";
import { ringOf } from "./keyring.ts";

const Pasted = z.strictObject({ keys: z.array(KeySettings) });
const now = new Date("2026-11-23T10:00:00Z");

describe("a new key", () => {
  it("opens where its snippet was pasted", () => {
    const { key, toml } = newKey({ name: "web", now });
    const { keys } = Pasted.parse(parse(toml));
    const found = ringOf(...keys).find(`Bearer ${key}`);
    assert.instanceOf(found, Key);
    assert.strictEqual(found.name, "web");
    assert.deepStrictEqual(keys[0]?.created, new Date("2026-11-23"));
  });

  it("does not have its secret in the snippet", () => {
    const { key, toml } = newKey({ now });
    assert.notInclude(toml, key.slice(22));
  });

  it("is one line for a script, with the same that its snippet says", () => {
    const { key, toml, json } = newKey({ name: "web", now });
    const { key: told, ...entry } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    assert.strictEqual(told, key);
    assert.deepStrictEqual([KeySettings.parse(entry)], Pasted.parse(parse(toml)).keys);
    assert.notInclude(json, "\n");
  });

  it("has a name of its own when none is given, so that two snippets go together", () => {
    const pasted = Pasted.parse(parse(newKey({ now }).toml + newKey({ now, env: "test" }).toml));
    assert.strictEqual(new Set(pasted.keys.map(({ name }) => name)).size, 2);
    assert.match(pasted.keys[1]?.id ?? "", /^slk_test_/);
  });

  it("is not made under a name that the configuration would refuse", () => {
    const secret = mintKey("live");
    for (const name of ["", 'a"\nadmin = true', secret]) {
      assert.throws(() => newKey({ name, now }), /^--name (must be|is a key: give) a name of 1 to 64 letters/);
    }
  });
});
