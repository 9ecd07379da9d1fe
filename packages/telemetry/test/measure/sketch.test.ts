import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sketch, type SketchData } from "../../src/measure/Sketch.ts";
import { operationDurationBounds } from "../../src/operations.ts";

const sketchOf = (values: Iterable<number>): Sketch => {
  const sketch = new Sketch();
  for (const ms of values) sketch.record(ms);
  return sketch;
};

/** The least value that a share of the values does not exceed; the share in thousandths, so that the rank is exact. */
const exact = (sorted: ArrayLike<number>, permille: number): number =>
  sorted[Math.max(1, Math.ceil((permille * sorted.length) / 1_000)) - 1] ?? Number.NaN;

const within1Percent = (estimate: number | undefined, value: number): boolean =>
  estimate !== undefined && Math.abs(estimate - value) <= value / 100;

const asJson = (sketch: Sketch): SketchData => JSON.parse(JSON.stringify(sketch.toData())) as SketchData;

const longestMs = 10 * 2 ** 20;

/** Whole microseconds, of all magnitudes up to 10,000 s. */
const durations = fc
  .tuple(fc.integer({ min: 0, max: 33 }), fc.nat())
  .map(([octave, any]) => Math.min(Math.floor(2 ** octave * (1 + any / 2 ** 31)), 1e10) / 1_000);
const values = fc.array(fc.oneof(durations, fc.constantFrom(0, 0.001, 10, 10_000_000)), { maxLength: 200 });

describe("a sketch", () => {
  it("is off by 1 % at most, at every quantile, for any values", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 1_000 }), (some, permille) => {
        const sketch = sketchOf(some);
        const estimate = sketch.quantile(permille / 1_000);
        if (some.length === 0) expect(estimate).toBeUndefined();
        else expect(within1Percent(estimate, exact(some.toSorted(byValue), permille))).toBe(true);
      }),
    );
  });

  it("is off by 1 % at most for each single value there is below 2 ms, and knows 0", () => {
    for (let us = 0; us <= 2_000; us += 1) {
      const around = sketchOf([0, 0, us / 1_000, us / 1_000, us / 1_000, 10_000, 10_000]);
      expect(within1Percent(around.quantile(0.5), us / 1_000)).toBe(true);
    }
  });

  it("has the least and the greatest value as its quantiles 0 and 1, exactly, and none beyond them", () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1 }), (some) => {
        const sketch = sketchOf(some);
        expect([sketch.quantile(0), sketch.quantile(-1)]).toEqual([sketch.minMs, sketch.minMs]);
        expect([sketch.quantile(1), sketch.quantile(2)]).toEqual([sketch.maxMs, sketch.maxMs]);
      }),
    );
    expect(sketchOf([7.7, 7.7, 7.7, 7.7]).quantile(0.5)).toBe(7.7);
  });

  it("ranks as a reader counts: the 7th of 100 is the quantile 0.07, though 0.07 × 100 is more than 7", () => {
    const sketch = sketchOf(Array.from({ length: 100 }, (_, index) => 2 ** (index / 8)));
    for (let percent = 1; percent <= 100; percent += 1) {
      expect(within1Percent(sketch.quantile(percent / 100), 2 ** ((percent - 1) / 8))).toBe(true);
    }
  });

  it("keeps count, sum, least and greatest exactly", () => {
    fc.assert(
      fc.property(values, (some) => {
        const sketch = sketchOf(some);
        const us = some.map((ms) => Math.round(ms * 1_000));
        expect(sketch.count).toBe(some.length);
        expect(sketch.sumMs).toBe(us.reduce((sum, one) => sum + one, 0) / 1_000);
        expect(sketch.minMs).toBe(some.length === 0 ? undefined : Math.min(...some));
        expect(sketch.maxMs).toBe(some.length === 0 ? undefined : Math.max(...some));
      }),
    );
  });

  it("takes a duration as the nearest whole microsecond, though 1.005 × 1000 is less than 1005", () => {
    const sketch = sketchOf([1.005, 1.0049999, 1.0054]);
    expect(sketch.toData()).toMatchObject({ sumUs: 3_015, minUs: 1_005, maxUs: 1_005 });
    expect(sketch.atMost(1.005)).toBe(3);
    expect(sketchOf([0.0004]).toData()).toEqual(sketchOf([0]).toData());
  });

  it("counts what is at most a bound of the duration's buckets, exactly", () => {
    const near = operationDurationBounds.flatMap((seconds) => {
      const us = Math.round(seconds * 1_000_000);
      return [-1_000, -1, 0, 0, 1, 1_000].map((more) => (us + more) / 1_000);
    });
    const sketch = sketchOf(near);
    operationDurationBounds.forEach((seconds, place) => {
      expect(sketch.atMost(seconds * 1_000)).toBe(6 * place + 4);
    });
  });

  it("counts what is at most any end of a bin exactly, and elsewhere none that is 1.6 % more", () => {
    const edges = fc
      .tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 1, max: 64 }))
      .map(([octave, place]) => 10 * 2 ** octave * (1 + place / 64))
      // What is longer than the longest counts as the longest.
      .filter((ms) => Number.isInteger(ms * 1_000) && ms < longestMs);
    const isAtMost = (some: ReadonlyArray<number>, ms: number) => some.filter((one) => one <= ms).length;
    fc.assert(
      fc.property(values, edges, (some, edge) => {
        const all = [...some, edge, edge + 0.001, edge - 0.001];
        expect(sketchOf(all).atMost(edge)).toBe(isAtMost(all, edge));
      }),
    );
    fc.assert(
      fc.property(values, durations, (some, ms) => {
        const counted = sketchOf(some).atMost(ms);
        expect(counted).toBeGreaterThanOrEqual(isAtMost(some, ms));
        expect(counted).toBeLessThanOrEqual(isAtMost(some, ms * (1 + 1 / 64)));
      }),
    );
  });

  it("counts nothing below its least value, and everything from its greatest", () => {
    const sketch = sketchOf([5_000.001, 5_000.002]);
    expect([sketch.atMost(-1), sketch.atMost(5_000), sketch.atMost(Number.NaN)]).toEqual([0, 0, 0]);
    expect([sketch.atMost(5_000.002), sketch.atMost(1e9), sketch.atMost(Infinity)]).toEqual([2, 2, 2]);
    expect(new Sketch().atMost(1_000)).toBe(0);
  });

  it("survives JSON, and goes on as if nothing had happened", () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const restored = Sketch.of(asJson(sketchOf(before)));
        expect(restored.toData()).toEqual(sketchOf(before).toData());
        for (const ms of after) restored.record(ms);
        expect(restored.toData()).toEqual(sketchOf([...before, ...after]).toData());
      }),
    );
  });

  it("is small as JSON: only bins that have values are there", () => {
    const data = asJson(sketchOf([0, 10, 10, 10_000_000]));
    expect(data).toMatchObject({ count: 4, sumUs: 10_000_020_000, minUs: 0, maxUs: 10_000_000_000 });
    expect(data.bins).toHaveLength(6);
    expect(new Sketch().toData()).toEqual({ count: 0, sumUs: 0, minUs: 0, maxUs: 0, bins: [] });
  });
});

describe("a sketch's bins", () => {
  it("are 2,304: 36 octaves of 64", () => {
    expect(Sketch.binCount).toBe(2_304);
    expect(sketchOf([longestMs]).toData().bins).toEqual([Sketch.binCount - 1, 1]);
    expect(sketchOf([0]).toData().bins).toEqual([0, 1]);
  });

  it("begin with that of the least value and end with that of the greatest", () => {
    fc.assert(
      fc.property(fc.uniqueArray(durations, { minLength: 1 }), (some) => {
        const { bins, minUs, maxUs } = sketchOf(some).toData();
        expect(Sketch.spans(bins, minUs, maxUs)).toBe(true);
        expect(Sketch.spans(bins, minUs * 1.1 + 2, maxUs)).toBe(false);
        expect(Sketch.spans(bins, minUs, maxUs * 1.1 + 2)).toBe(false);
        expect(Sketch.spans([], minUs, maxUs)).toBe(false);
      }),
    );
  });
});

describe("merged sketches", () => {
  it("are the sketch of all the values, however these are split, and in any order", () => {
    const parts = fc.array(values, { maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.boolean(), (split, backwards) => {
        const merged = new Sketch();
        for (const part of backwards ? split.toReversed() : split) merged.merge(sketchOf(part));
        expect(merged.toData()).toEqual(sketchOf(split.flat()).toData());
      }),
    );
  });

  it("leave what was merged as it was, and a sketch that is merged with itself is twice itself", () => {
    const [one, other] = [sketchOf([1, 2, 300]), sketchOf([0, 10_000])];
    one.merge(other);
    expect(other.toData()).toEqual(sketchOf([0, 10_000]).toData());
    one.merge(one);
    expect(one.toData()).toEqual(sketchOf([0, 0, 1, 1, 2, 2, 300, 300, 10_000, 10_000]).toData());
  });

  it("count further than 32 bits", () => {
    const { bins } = sketchOf([1_000]).toData();
    const full = { count: 2 ** 32 - 1, sumUs: 0, minUs: 1e6, maxUs: 1e6, bins: [bins[0] ?? 0, 2 ** 32 - 1] };
    const recorded = Sketch.of(full);
    for (const ms of [1_000, 1_000, 5, 90_000]) recorded.record(ms);
    expect(recorded.atMost(1_280)).toBe(2 ** 32 + 2);
    const merged = Sketch.of(full);
    for (let times = 0; times < 3; times += 1) merged.merge(Sketch.of(full));
    expect(merged.atMost(999)).toBe(0);
    merged.record(90_000);
    expect([merged.atMost(1_280), merged.count]).toEqual([4 * (2 ** 32 - 1), 4 * (2 ** 32 - 1) + 1]);
    expect(Sketch.of(asJson(merged)).toData()).toEqual(merged.toData());
  });
});

describe("what is no ordinary duration", () => {
  it("counts as 0 when negative, and as the longest when longer than three hours", () => {
    const sketch = sketchOf([-0, -0.001, -5, -Number.MAX_VALUE, longestMs, longestMs + 1, 1e12, Number.MAX_VALUE]);
    expect(sketch.toData()).toEqual(sketchOf([0, 0, 0, 0, longestMs, longestMs, longestMs, longestMs]).toData());
    expect([sketch.minMs, sketch.maxMs, sketch.sumMs]).toEqual([0, longestMs, 4 * longestMs]);
  });

  it("does not count when it is not finite", () => {
    expect(sketchOf([Number.NaN, Infinity, -Infinity]).toData()).toEqual(new Sketch().toData());
  });

  it("never takes the sketch out of its bins", () => {
    const anything = fc.array(fc.oneof(fc.double(), fc.double({ min: 0, max: 2e7 })), { maxLength: 50 });
    fc.assert(
      fc.property(anything, (some) => {
        const sketch = sketchOf(some);
        const { count, bins } = asJson(sketch);
        const places = bins.filter((_, at) => at % 2 === 0);
        const counts = bins.filter((_, at) => at % 2 === 1);
        expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < Sketch.binCount)).toBe(true);
        expect(counts.reduce((sum, one) => sum + one, 0)).toBe(count);
        expect(count).toBe(some.filter(Number.isFinite).length);
        const median = sketch.quantile(0.5);
        expect(median === undefined || (median >= 0 && median <= longestMs)).toBe(true);
      }),
    );
  });
});

describe("memory", () => {
  /** What arrays of bytes take more for each sketch; those that it has outgrown count as well, if they are still there. */
  const bytesEach = (sketches: number, some: ReadonlyArray<number>): number => {
    const before = process.memoryUsage().arrayBuffers;
    const kept = Array.from({ length: sketches }, () => sketchOf(some));
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(kept.every(({ count }) => count === some.length)).toBe(true);
    return grown / sketches;
  };

  it("is less than 2 KB for values within three octaves", () => {
    expect(bytesEach(2_000, [1_000, 1_300, 2_000, 2_700, 5_000])).toBeLessThan(2_048);
  });

  it("is less than 16 KB whatever is recorded", () => {
    const octaves = Array.from({ length: 1_100 }, (_, exponent) => 2 ** (exponent - 80)).filter(Number.isFinite);
    expect(bytesEach(200, [0, Number.MAX_VALUE, -1, ...octaves])).toBeLessThan(16_384);
  });
});

const byValue = (a: number, b: number): number => a - b;
