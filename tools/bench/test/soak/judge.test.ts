import * as fc from "fast-check";
import { assert, it } from "vitest";
import { fewest, judge, type Sample } from "../../src/soak/judge.ts";

const mebibyte = 1_048_576;
const held = { heap: 40 * mebibyte, buffers: 10 * mebibyte, descriptors: 30, timers: 6, resources: 12, listeners: 14 };

/** Samples every 6 s; `change` gives what is different in the so-manieth. */
const run = (length: number, change: (number: number) => Partial<Sample> = () => ({})): ReadonlyArray<Sample> =>
  Array.from({ length }, (_, number) => ({ at: number * 6, ...held, ...change(number) }));

const rising = (samples: ReadonlyArray<Sample>): ReadonlyArray<string> =>
  judge(samples)
    .filter(({ isFlat }) => !isFlat)
    .map(({ series }) => series);

it("what stays the same is flat", () => {
  assert.deepEqual(rising(run(40)), []);
});

it("400 bytes that are kept of every request, of 300 in a burst, are found in the heap", () => {
  assert.deepEqual(rising(run(40, (number) => ({ heap: held.heap + number * 300 * 400 }))), ["heap"]);
});

it("a kilobyte that is kept outside of the heap is found as well", () => {
  assert.deepEqual(rising(run(40, (number) => ({ buffers: held.buffers + number * 300 * 1_024 }))), ["buffers"]);
});

it.each(["descriptors", "timers", "resources", "listeners"] as const)(
  "one of the %s that is left behind in every third burst is found",
  (series) => {
    assert.deepEqual(rising(run(40, (number) => ({ [series]: held[series] + Math.floor(number / 3) }))), [series]);
  },
);

it("a rise that ends with the first quarter is warming up", () => {
  const warm = (number: number) => ({
    heap: Math.min(1, (number + 1) / 10) * held.heap,
    descriptors: Math.min(30, number * 3),
  });
  assert.deepEqual(rising(run(40, warm)), []);
});

it("a single high sample is no leak, and half of the last quarter is one", () => {
  const high = { descriptors: held.descriptors + 100 };
  assert.deepEqual(rising(run(40, (number) => (number === 39 ? high : {}))), []);
  assert.deepEqual(rising(run(40, (number) => (number >= 34 ? high : {}))), ["descriptors"]);
});

it("five more are allowed, and six are not", () => {
  const more = (count: number) => run(40, (number) => (number >= 20 ? { timers: held.timers + count } : {}));
  assert.deepEqual(rising(more(5)), []);
  assert.deepEqual(rising(more(6)), ["timers"]);
});

it("tells by how much a series rises in an hour", () => {
  const heap = judge(run(40, (number) => ({ heap: held.heap + number * 6_000 }))).find(
    ({ series }) => series === "heap",
  );
  // 6,000 bytes every 6 s.
  assert.closeTo(heap?.perHour ?? 0, 3_600_000, 1);
});

it("a number that is none is not flat", () => {
  assert.deepEqual(rising(run(40, (number) => (number >= 30 ? { listeners: Number.NaN } : {}))), ["listeners"]);
});

it("too few samples show nothing", () => {
  assert.throws(() => judge(run(fewest - 1)), /7 samples show nothing/);
  assert.lengthOf(judge(run(fewest)), 6);
});

it("noise around a level is flat, whatever it is", () => {
  const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(noise, (shakes) => {
      const shaken = run(40, (number) => {
        const by = shakes[number] ?? 0;
        return { heap: held.heap * (1 + 0.01 * by), descriptors: held.descriptors + Math.round(2 * by) };
      });
      assert.deepEqual(rising(shaken), []);
    }),
    { numRuns: 100 },
  );
});
