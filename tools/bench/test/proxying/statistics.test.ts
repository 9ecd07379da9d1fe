import * as fc from "fast-check";
import { assert, it } from "vitest";
import { addedTo, median, quantile, ratioOf, rowsOf } from "../../src/proxying/statistics.ts";

it("a quantile is one of the values, with as many below it as it says", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.equal(quantile(hundred, 0.5), 50);
  assert.equal(quantile(hundred, 0.99), 99);
  assert.equal(quantile(hundred, 1), 100);
  assert.equal(quantile([7], 0.01), 7);
  assert.isNaN(median([]));
});

it("quantiles do not depend on the order, and rise with their share", () => {
  const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(values, share, share, (all, one, other) => {
      assert.equal(quantile(all, one), quantile(all.toReversed(), one));
      assert.isAtMost(quantile(all, Math.min(one, other)), quantile(all, Math.max(one, other)));
    }),
    { numRuns: 100 },
  );
});

const rounds = new Map([
  ["direct", [10, 100, 10]],
  ["floor", [20, 200, 30]],
  ["sluice", [30, 300, 40]],
]);

it("what is added is taken from the same round, so that a slow one does not count", () => {
  const added = addedTo("direct", rounds);
  assert.deepEqual([...added.keys()], ["floor", "sluice"]);
  assert.deepEqual(added.get("sluice"), [20, 200, 30]);
  assert.equal(ratioOf(added, "sluice", "floor"), 2);
});

it("who was not measured has no ratio", () => {
  assert.isNaN(ratioOf(rounds, "portkey", "floor"));
  assert.isNaN(ratioOf(rounds, "sluice", "portkey"));
});

it("a row has the median, the least, and the ratio to the anchor", () => {
  const [, , row] = rowsOf("p50", "µs", rounds, "floor");
  assert.deepEqual(row, { name: "sluice, p50", unit: "µs", median: 40, min: 30, ratio: 1.5 });
});
