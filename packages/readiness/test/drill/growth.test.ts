import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { growthOf } from "../../src/drill/judging/growth.ts";

const grows = (waits: ReadonlyArray<number>): boolean => growthOf(waits).grows;

/** A share for each of 2 to 20 waits. */
const shares = (range: { readonly min: number; readonly max: number }) =>
  fc.array(fc.double({ ...range, noNaN: true }), { minLength: 2, maxLength: 20 });

describe("waits", () => {
  it("that are the same but for a tenth do not grow", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 8_000 }), shares({ min: 0.9, max: 1.1 }), (ms, drawn) => {
        assert.isFalse(grows(drawn.map((share) => ms * share)));
      }),
    );
  });

  it("that get 1.6 times as long each time, up to five times the first one, grow, whatever a tenth of jitter does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2_000 }), shares({ min: 0.9, max: 1.1 }), (ms, drawn) => {
        assert.isTrue(grows(drawn.map((share, place) => Math.min(ms * 1.6 ** place, ms * 5) * share)));
      }),
    );
  });

  it("grow as much in another unit, unless all are long", () => {
    const waits = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(waits, (some) => {
        assert.strictEqual(grows(some.map((wait) => wait * 2)), grows(some));
      }),
    );
  });

  it.each([
    ["a first one that is late", [1_100, 800, 1_100]],
    ["a cap", [1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000]],
    ["jitter", [1_000, 1_800, 1_700, 5_500, 7_000]],
    ["as long as they need to get", [15_000, 12_000, 15_000, 12_000]],
  ])("grow with %s", (_, waits) => assert.isTrue(grows(waits)));

  it.each([
    ["are but one", [5_000]],
    ["are two of the same length", [1_000, 1_000]],
    ["are the same, with a longer one among them", [1_000, 1_000, 1_000, 1_500, 1_000, 1_000]],
    ["are the same, with a shorter one among them", [1_000, 1_000, 5, 1_000, 1_000, 1_000]],
    ["get shorter", [4_000, 2_000, 1_000, 500]],
  ])("do not grow that %s", (_, waits) => assert.isFalse(grows(waits)));

  it("are told by how long they are at first and later", () => {
    assert.deepStrictEqual(growthOf([5_000, 5_100, 5_000]), { fromMs: 5_000, toMs: 5_000, grows: false });
  });
});
