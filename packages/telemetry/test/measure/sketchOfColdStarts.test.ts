import { beforeAll, describe, expect, it } from "vitest";
import { Sketch } from "../../src/measure/Sketch.ts";

/** Between 0 and 1, the same ones each time. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Of 100 calls, 93 take 1 to 5 s; the others find the model cold and take 30 to 200 s. */
const latencies = (times: number): Float64Array => {
  const random = randomFrom(20_261_123);
  return Float64Array.from({ length: times }, () => {
    const ms = random() < 0.93 ? 1_000 * 5 ** random() : 30_000 + 170_000 * random();
    return Math.round(ms * 1_000) / 1_000;
  });
};

describe("a million calls, some of them to cold models", () => {
  const all = latencies(1_000_000);
  const sorted = all.toSorted();
  let whole = new Sketch();

  beforeAll(() => {
    whole = sketchOf(all);
  });

  const sketchOf = (values: Iterable<number>): Sketch => {
    const sketch = new Sketch();
    for (const ms of values) sketch.record(ms);
    return sketch;
  };

  it("has p0.1 to p99.9 within 1 % of the exact ones", () => {
    for (let permille = 1; permille <= 999; permille += 1) {
      const exact = sorted[permille * 1_000 - 1] ?? Number.NaN;
      const error = Math.abs((whole.quantile(permille / 1_000) ?? Number.NaN) - exact) / exact;
      expect(error).toBeLessThanOrEqual(0.01);
    }
  });

  it("has the sum, the least and the greatest exactly", () => {
    const us = all.reduce((sum, ms) => sum + Math.round(ms * 1_000), 0);
    expect([whole.count, whole.sumMs, whole.minMs, whole.maxMs]).toEqual([1e6, us / 1_000, sorted[0], sorted.at(-1)]);
  });

  it("is the same when two halves are merged, and when a thousand minutes are", () => {
    const halves = sketchOf(all.subarray(0, 500_000));
    halves.merge(sketchOf(all.subarray(500_000)));
    expect(halves.toData()).toEqual(whole.toData());
    const minutes = new Sketch();
    for (let minute = 999; minute >= 0; minute -= 1) {
      minutes.merge(sketchOf(all.subarray(minute * 1_000, (minute + 1) * 1_000)));
    }
    expect(minutes.toData()).toEqual(whole.toData());
  });
});
