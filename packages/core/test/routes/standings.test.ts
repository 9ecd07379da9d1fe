/** What a client remembers of models has an end, though callers may name any model. */
import { assert, describe, it } from "@effect/vitest";
import { Standings } from "../../src/routes/Standing.ts";

const conduct = { pacer: undefined, turns: undefined, traced: false };

describe("how a client stands with its models", () => {
  it("is remembered for each pipeline and model", () => {
    const standings = new Standings(conduct);
    const own = standings.of("llm", "m");
    assert.strictEqual(standings.of("llm", "m"), own);
    assert.notStrictEqual(standings.of("llm", "n"), own);
    assert.notStrictEqual(standings.of("upscale", "m"), own);
  });

  it("is forgotten of the model that was not used for longest, beyond a thousand", () => {
    const standings = new Standings(conduct);
    const all = Array.from({ length: 1_000 }, (_, place) => standings.of("llm", `m${place}`));
    assert.strictEqual(standings.of("llm", "m0"), all[0]);
    standings.of("llm", "one more");
    assert.strictEqual(standings.of("llm", "m0"), all[0]);
    assert.strictEqual(standings.of("llm", "m2"), all[2]);
    assert.notStrictEqual(standings.of("llm", "m1"), all[1]);
  });
});
