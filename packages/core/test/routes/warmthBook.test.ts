/** The client's memory of warmth: what it says of a model, what it forgets, and how much of it a call looks at. */
import { assert, describe, it } from "@effect/vitest";
import { type Evidence, warmthOf } from "@sluice/models";
import * as fc from "fast-check";
import { WarmthBook } from "../../src/routes/WarmthBook.ts";

const pipeline = "text-to-image";
const of = (model: string, gateway = "a", more: Partial<Evidence> = {}): Evidence => ({
  ...{ pipeline, model, gateway, from: "probe", says: "warm", at: 0, source: "test" },
  ...more,
});
const choices = ["a", "b"].map((gateway) => ({ gateway, pipeline, model: "m" }) as const);
const firstIn = (book: WarmthBook): string | undefined => book.inOrder(choices, 1_000)[0]?.gateway;

describe("a book of warmth", () => {
  it("orders as all evidence together says, of whichever gateway, model and means", () => {
    const rank = { warm: 0, claimed: 1, unknown: 1, cold: 2, absent: 3 };
    const piece = fc.record({
      pipeline: fc.constantFrom<Evidence["pipeline"]>(pipeline, "upscale"),
      model: fc.constantFrom("m", "n", "m n"),
      gateway: fc.constantFrom("a", "b"),
      from: fc.constantFrom<Evidence["from"]>("probe", "call", "network", "pool"),
      says: fc.constantFrom<Evidence["says"]>("warm", "cold", "absent", "failing"),
      at: fc.nat(1_000),
      source: fc.constant("test"),
    });
    const network = piece.map(({ gateway: _, ...rest }): Evidence => rest);
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, network)), (all) => {
        const book = new WarmthBook();
        // Oldest first: what is learnt late and is old counts no more.
        const inTime = all.toSorted((one, other) => one.at - other.at);
        book.learn(inTime);
        const newest = new Map(
          inTime.map((one) => [JSON.stringify([one.pipeline, one.model, one.gateway, one.from]), one]),
        );
        const expected = choices.toSorted(
          (one, other) =>
            rank[warmthOf([...newest.values()], one, 1_000).state] -
            rank[warmthOf([...newest.values()], other, 1_000).state],
        );
        assert.deepStrictEqual(book.inOrder(choices, 1_000), expected);
      }),
    );
  });

  it("forgets the oldest beyond 10,000, and no other", () => {
    const book = new WarmthBook();
    book.learn([of("m", "b"), of("other", "b")]);
    const others = Array.from({ length: 9_998 }, (_, place) => of(`model ${place}`));
    book.learn(others);
    assert.strictEqual(firstIn(book), "b");
    // What is told again is no more.
    book.learn(others);
    assert.strictEqual(firstIn(book), "b");
    book.learn([of("one more")]);
    assert.strictEqual(firstIn(book), "a");
  });

  it("looks at nothing but the evidence of the models in question", () => {
    let looks = 0;
    const watched = (one: Evidence): Evidence =>
      new Proxy(one, {
        get: (target, key) => {
          looks += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
    const book = new WarmthBook();
    book.learn(Array.from({ length: 1_000 }, (_, place) => watched(of(`model ${place}`))));
    book.learn([of("m", "b")]);
    looks = 0;
    assert.strictEqual(firstIn(book), "b");
    assert.strictEqual(looks, 0);
  });
});
