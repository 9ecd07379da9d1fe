import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestMinutes } from "../../src/slo/durations.ts";
import { Minutes } from "../../src/slo/Minutes.ts";
import { startMinute as now } from "./traffic.ts";

const counted = (minutes: ReadonlyArray<number>, bad = false): Minutes => {
  const counts = new Minutes();
  for (const minute of minutes) counts.add(minute, bad);
  return counts;
};

const eventsIn = (counts: Minutes, end: number, minutes: number): number => counts.sums(end, minutes).events;
const kept = (counts: Minutes): ReadonlyArray<number> => [...counts.from(0)].map(({ minute }) => minute);

describe("counts by minute", () => {
  it("sums the minutes before the end, and not the end", () => {
    const counts = counted([now, now + 1, now + 2]);
    counts.add(now + 1, true);
    expect(counts.sums(now + 2, 2)).toEqual({ events: 3, bad: 1 });
    expect(counts.sums(now + 2, 1)).toEqual({ events: 2, bad: 1 });
    expect(counts.sums(now, 10)).toEqual({ events: 0, bad: 0 });
    expect(counts.sums(now + 3, 0)).toEqual({ events: 0, bad: 0 });
  });

  it("reach back three days before the newest minute, and no further", () => {
    const counts = counted([now - 1, now, now + 1]);
    counts.add(now + longestMinutes, false);
    expect(eventsIn(counts, now + longestMinutes, longestMinutes)).toBe(2);
    expect(kept(counts)).toEqual([now, now + 1, now + longestMinutes]);
    expect(eventsIn(counts, now, longestMinutes)).toBe(0);
  });

  it("put an event of a past minute there, of up to three days ago", () => {
    const counts = counted([now, now - 70, now - longestMinutes]);
    expect(kept(counts)).toEqual([now - longestMinutes, now - 70, now]);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 8.64e15])(
    "leave out minute %d",
    (minute) => {
      const counts = counted([minute, now, now + 100, minute]);
      counts.merge([{ minute, events: 2, bad: 1 }]);
      expect(kept(counts)).toEqual([now, now + 100]);
    },
  );

  it("begin anew after days without events", () => {
    const counts = counted([now, now + 10_000, now + 10_001]);
    expect(counts.sums(now + 10_002, longestMinutes)).toEqual({ events: 2, bad: 0 });
    expect(counts.sums(now + 8_000, longestMinutes)).toEqual({ events: 0, bad: 0 });
  });
});

describe("an event more than three days away", () => {
  const future = now + 40_000_000;

  it("begins a new history, ahead or behind", () => {
    for (const far of [longestMinutes + 1, -longestMinutes - 1]) {
      const counts = counted([now - 100, now], true);
      counts.add(now + far, false);
      expect(kept(counts)).toEqual([now + far]);
      expect(counts.sums(now + far + 1, longestMinutes)).toEqual({ events: 1, bad: 0 });
      expect(eventsIn(counts, now + 1, 200)).toBe(0);
    }
  });

  it("is forgotten in its turn when the clock is set right, and all goes on as ever", () => {
    const counts = counted([now, future, future + 1, now + 1, now - 100]);
    expect(kept(counts)).toEqual([now - 100, now + 1]);
    counts.add(now + 2, true);
    expect(counts.sums(now + 3, longestMinutes)).toEqual({ events: 3, bad: 1 });
    counts.add(now + 1 + longestMinutes, false);
    expect(kept(counts)).toEqual([now + 1, now + 2, now + 1 + longestMinutes]);
  });

  it("of others takes the counts further when it is newer, and is left out when it is older", () => {
    const ahead = counted([now]);
    ahead.merge(counted([future - 1, future], true).from(0));
    expect(kept(ahead)).toEqual([future - 1, future]);
    const behind = counted([now]);
    behind.merge(counted([now - longestMinutes - 1, now - longestMinutes, now - 70], true).from(0));
    expect(kept(behind)).toEqual([now - longestMinutes, now - 70, now]);
    expect(behind.sums(now + 1, longestMinutes)).toEqual({ events: 2, bad: 1 });
  });

  it("of others, of a clock that is wrong, lasts until there is an event here", () => {
    const counts = counted([now]);
    counts.merge(counted([future]).from(0));
    counts.merge(counted([now, now + 1]).from(0));
    expect(kept(counts)).toEqual([future]);
    counts.add(now + 2, false);
    counts.merge(counted([now, now + 1]).from(0));
    expect(kept(counts)).toEqual([now, now + 1, now + 2]);
  });
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** In bytes, where arrays of numbers are. */
const offHeap = (): number => {
  // The second waits for what the first left to others.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
};

describe("any minutes", () => {
  const within = fc.tuple(fc.integer({ min: now, max: now + longestMinutes }), fc.boolean());
  const events = fc.array(within, { maxLength: 60 });
  const window = fc.tuple(
    fc.integer({ min: now - 100, max: now + longestMinutes + 100 }),
    fc.integer({ min: 0, max: longestMinutes }),
  );

  const of = (all: ReadonlyArray<readonly [number, boolean]>): Minutes => {
    const counts = new Minutes();
    for (const [minute, bad] of all) counts.add(minute, bad);
    return counts;
  };

  it("are summed as one would count them", () => {
    fc.assert(
      fc.property(events, fc.array(window, { minLength: 1, maxLength: 20 }), (all, windows) => {
        const counts = of(all);
        for (const [end, minutes] of windows) {
          const inside = all.filter(([minute]) => minute >= end - minutes && minute < end);
          expect(counts.sums(end, minutes)).toEqual({
            events: inside.length,
            bad: inside.filter(([, bad]) => bad).length,
          });
        }
      }),
    );
  });

  it("are the same however they are split and merged", () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const one = of([...a, ...b, ...c]);
        const merged = new Minutes();
        for (const part of [c, a, b]) merged.merge(of(part).from(0));
        expect([...merged.from(0)]).toEqual([...one.from(0)]);
      }),
    );
  });

  it("take little room, however long they go on and wherever they jump", () => {
    const before = offHeap();
    const counts = new Minutes();
    for (let hour = 0; hour < 100_000; hour++) counts.add(hour * 60, false);
    expect(offHeap() - before).toBeLessThan(10_000_000);
    expect(kept(counts)).toHaveLength(73);
    const busy = Array.from({ length: 73 }, (_, hour) => hour * 60);
    for (let jump = 1; jump < 300; jump++) {
      const to = 6_000_000 + jump * 5_000 * (jump % 2 === 0 ? 1 : -1);
      for (const minute of busy) counts.add(to + minute, false);
    }
    expect(offHeap() - before).toBeLessThan(10_000_000);
    expect(kept(counts)).toHaveLength(73);
  });
});
