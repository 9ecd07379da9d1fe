/** What a program prints, and its key in it. */
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { Tail } from "../../src/drill/running/Tail.ts";

const key = "7c1f6d5e-52b6-4c5e-9a0b-1d2e3f405162";

describe("what a program prints", () => {
  it("shows a key wherever it is cut, and is kept without it", () => {
    const around = fc.string({ maxLength: 80 });
    const cuts = fc.array(fc.nat(200), { maxLength: 6 });
    fc.assert(
      fc.property(around, fc.boolean(), around, cuts, (before, isThere, after, places) => {
        const text = `${before}${isThere ? key : "no key"}${after}`;
        const tail = new Tail(key);
        const edges = [0, ...places.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length];
        for (const [place, edge] of edges.slice(1).entries()) tail.add(text.slice(edges[place], edge));
        assert.strictEqual(tail.leaked, isThere);
        assert.strictEqual(tail.text, `${before}${isThere ? "[the drill's key]" : "no key"}${after}`);
      }),
    );
  });

  it("is kept up to 64 Ki characters, without the end of a key at their beginning", () => {
    const tail = new Tail(key);
    tail.add(`${key}${"a".repeat(65_530)}`);
    tail.add("bbb");
    assert.isTrue(tail.leaked);
    assert.strictEqual(tail.text, `ey]${"a".repeat(65_530)}bbb`);
  });

  it("shows no part of a secret, wherever it begins to be kept", () => {
    const secret = "a-real-one-of-the-user's";
    const filler = fc.nat(5).map((length) => ".".repeat(length));
    const lines = fc.array(fc.tuple(fc.constantFrom(key, secret), filler), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lines, fc.nat(600), (printed, more) => {
        const tail = new Tail(key, [secret]);
        for (const [said, after] of printed) tail.add(said + after);
        tail.add(".".repeat(65_536 - more));
        assert.match(tail.text, /^[^[\]]*\]?(?:\.|\[the drill's key\]|\[redacted\])*$/);
        assert.notMatch(tail.text, /user's|405162/);
      }),
    );
  });
});
