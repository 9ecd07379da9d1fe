/** Each part on its own, with chosen draws: every wait is exact. */
import { describe, expect, it } from "@effect/vitest";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import fc from "fast-check";
import { type Policy, RetryPolicy } from "../../src/index.ts";
import { closed, cold, failed, limitedFor, unavailable } from "./samples.ts";
import { follow, highest, waitsOf } from "./stepping.ts";

const {
  atLeastRetryAfter,
  atMost,
  backoff,
  honourRetryAfter,
  jitter,
  lastChance,
  patience,
  shortestCut,
  spread,
  stopAtDeadline,
} = RetryPolicy.parts;

const first = (count: number, policy: Policy, ...draws: ReadonlyArray<number>) =>
  waitsOf(policy, cold, { most: count, chance: { draws: draws.length === 0 ? [0.5] : draws } });

/** Waits of whole seconds, as long as asked. */
const seconds = (count: number): Policy => Schedule.spaced(count * 1000);

describe("backoff", () => {
  it.each([
    ["doubles up to the cap", backoff(500, 2, 5000), [500, 1000, 2000, 4000, 5000, 5000]],
    ["stays as it is by a factor of 1", backoff(700, 1, 5000), [700, 700, 700, 700, 700, 700]],
    ["takes fractions", backoff(100, 1.5, 1000), [100, 150, 225, 337.5, 506.25, 759.375]],
    ["takes durations in words", backoff("1 second", 3, "10 seconds"), [1000, 3000, 9000, 10_000, 10_000, 10_000]],
    ["begins with a cap that is below its base", backoff(5000, 2, 3000), [3000, 3000, 3000, 3000, 3000, 3000]],
  ])("%s", (_, policy, expected) => {
    expect(first(6, policy)).toEqual(expected);
  });

  it("does not end, and does not overflow", () => {
    const waits = first(1000, backoff(1000, 1000, 20_000));
    expect(waits.length).toBe(1000);
    expect(waits.at(-1)).toBe(20_000);
  });
});

describe("jitter", () => {
  it.each([
    { share: 1, draws: [0, 0.25, 0.5, 0.75, highest], expected: [8000, 6000, 4000, 2000, 0] },
    { share: 0.4, draws: [0, 0.25, 0.5, 0.75, highest], expected: [8000, 7200, 6400, 5600, 4800] },
    { share: 0, draws: [0, 0.25, 0.5, 0.75, highest], expected: [8000, 8000, 8000, 8000, 8000] },
  ])("draws the upper $share of each wait anew", ({ share, draws, expected }) => {
    const waits = first(5, seconds(8).pipe(jitter(share)), ...draws);
    expect(waits.map((ms) => Math.round(ms * 1000) / 1000)).toEqual(expected);
  });

  it("never lengthens a wait, and never goes below what is not drawn", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (share, seed) => {
        for (const wait of waitsOf(seconds(8).pipe(jitter(share)), cold, { most: 20, chance: { seed } })) {
          expect(wait).toBeLessThanOrEqual(8000);
          expect(wait).toBeGreaterThanOrEqual(8000 * (1 - share) - 1e-6);
        }
      }),
    );
  });
});

describe("spread", () => {
  it.each([
    // Attempts at 100, 300, 700, 1500, 2500, 3500: the moments of the backoff 100, 200, 400, 800, 1000, 1000.
    { drawn: 0, expected: [100, 200, 400, 800, 1000, 1000] },
    // Each in the middle between its own moment and the next one's.
    { drawn: 0.5, expected: [200, 300, 600, 900, 1000, 1000] },
    { drawn: 0.25, expected: [150, 250, 500, 850, 1000, 1000] },
  ])("moves every attempt by $drawn of the step that follows it", ({ drawn, expected }) => {
    expect(first(6, spread(100, 2, 1000), drawn)).toEqual(expected);
  });

  it("draws once for all waits of a call", () => {
    expect(first(6, spread(100, 2, 1000), 0.5, 0, 0.9, 0.1)).toEqual([200, 300, 600, 900, 1000, 1000]);
  });

  it("draws anew for the next call", () => {
    const policy = spread("100 millis", 2, "1 second");
    expect(first(1, policy, 0)).toEqual([100]);
    expect(first(1, policy, highest)[0]).toBeCloseTo(300, 6);
  });

  it("begins its attempts evenly over the whole time: each between its own moment and the next one's", () => {
    const own = [100, 300, 700, 1500, 2500, 3500, 4500];
    fc.assert(
      fc.property(fc.double({ min: 0, max: highest, noNaN: true }), (drawn) => {
        let at = 0;
        for (const [index, wait] of first(6, spread(100, 2, 1000), drawn).entries()) {
          at += wait;
          const [from = NaN, to = NaN] = [own[index], own[index + 1]];
          expect((at - from) / (to - from)).toBeCloseTo(drawn, 4);
        }
      }),
    );
  });

  it("begins with a cap that is below its base, as `backoff` does", () => {
    expect(first(4, spread(5000, 2, 3000), 0)).toEqual([3000, 3000, 3000, 3000]);
  });
});

describe("atMost", () => {
  it.each([0, 1, 2, 7])("ends after %s retries", (retries) => {
    expect(first(100, seconds(1).pipe(atMost(retries))).length).toBe(retries);
  });

  it("does not lengthen a policy that ends before", () => {
    expect(first(100, Schedule.recurs(2).pipe(atMost(5))).length).toBe(2);
  });
});

describe("honourRetryAfter", () => {
  const polite = honourRetryAfter(seconds(4));

  it.each([
    { wish: undefined, wait: 4000, why: "there is no wish" },
    { wish: 0, wait: 4000, why: "it is no invitation" },
    { wish: 999, wait: 4000, why: "less than a second is no wish" },
    { wish: 1000, wait: 1000, why: "a second is one" },
    { wish: 3999, wait: 3999, why: "it is shorter than the policy's wait" },
    { wish: 4001, wait: 4001, why: "it is longer" },
  ])("waits $wait ms when $wish ms are asked for: $why", ({ wish, wait }) => {
    expect(follow(polite, { draws: [0] })(0, limitedFor(wish))).toBe(wait);
    expect(follow(polite, { draws: [0] })(0, unavailable("proxy", wish))).toBe(wait);
  });

  it("lets less than a second lengthen a policy's shorter wait", () => {
    const hasty = honourRetryAfter(Schedule.spaced(100));
    expect(follow(hasty, { draws: [0] })(0, limitedFor(999))).toBe(999);
    expect(follow(hasty, { draws: [0] })(0, limitedFor(99))).toBe(100);
  });

  it("is the same for every failure that carries a wish", () => {
    expect(follow(polite, { draws: [0] })(0, failed.with({ retryAfterMs: 2000 }))).toBe(2000);
    expect(follow(polite, { draws: [0] })(0, failed)).toBe(4000);
  });

  it.each([
    { now: 0, wish: 9999, goesOn: true },
    { now: 0, wish: 10_000, goesOn: false },
    { now: 9000, wish: 999, goesOn: true },
    { now: 9000, wish: 1000, goesOn: false },
    { now: 9500, wish: 500, goesOn: false },
    { now: 10_000, wish: 0, goesOn: false },
  ])("at $now of 10 000 ms, a wish of $wish ms goes on: $goesOn", ({ now, wish, goesOn }) => {
    expect(follow(polite, { draws: [0] }, 10_000)(now, limitedFor(wish)) !== undefined).toBe(goesOn);
  });

  it("leaves the deadline alone when nothing is asked for", () => {
    expect(follow(polite, { draws: [0] }, 10_000)(9999, cold)).toBe(4000);
  });
});

describe("atLeastRetryAfter", () => {
  const polite = atLeastRetryAfter(seconds(4));

  it.each([
    { wish: undefined, wait: 4000 },
    { wish: 0, wait: 4000 },
    { wish: 1000, wait: 4000 },
    { wish: 3999, wait: 4000 },
    { wish: 4001, wait: 4001 },
  ])("waits $wait ms when $wish ms are asked for", ({ wish, wait }) => {
    expect(follow(polite, { draws: [0] })(0, limitedFor(wish))).toBe(wait);
  });

  it.each([
    { wish: 9999, wait: 9999 },
    { wish: 10_000, wait: undefined },
  ])("when $wish ms are asked for in a call of 10 000 ms, waits $wait", ({ wish, wait }) => {
    expect(follow(polite, { draws: [0] }, 10_000)(0, limitedFor(wish))).toBe(wait);
  });

  it("leaves the deadline alone otherwise", () => {
    expect(follow(polite, { draws: [0] }, 10_000)(9999, cold)).toBe(4000);
    expect(follow(polite, { draws: [0] }, 10_000)(9000, limitedFor(999))).toBe(4000);
  });
});

describe("patience", () => {
  it("ends a call without a deadline before the limit, counted from the first failure", () => {
    const tenSeconds = patience("10 seconds")(seconds(3));
    expect(waitsOf(tenSeconds, cold)).toEqual([3000, 3000, 3000]);
    expect(waitsOf(tenSeconds, cold, { answerMs: 600 })).toEqual([3000, 3000]);
    expect(waitsOf(patience(9000)(seconds(3)), cold)).toEqual([3000, 3000]);
    expect(waitsOf(patience(9001)(seconds(3)), cold)).toEqual([3000, 3000, 3000]);
  });

  it("leaves a call with a deadline to its deadline", () => {
    expect(waitsOf(patience("10 seconds")(seconds(3)), cold, { deadlineMs: 31_000 }).length).toBe(10);
  });
});

describe("stopAtDeadline", () => {
  it.each([
    { now: 0, goesOn: true },
    { now: 5999, goesOn: true },
    { now: 6000, goesOn: false },
    { now: 9999, goesOn: false },
    { now: 20_000, goesOn: false },
  ])("at $now of 10 000 ms, a wait of 4 s goes on: $goesOn", ({ now, goesOn }) => {
    expect(follow(stopAtDeadline(seconds(4)), { draws: [0] }, 10_000)(now, cold)).toBe(goesOn ? 4000 : undefined);
  });

  it("ends nothing in a call without a deadline", () => {
    expect(follow(stopAtDeadline(seconds(4)), { draws: [0] })(Number.MAX_SAFE_INTEGER, cold)).toBe(4000);
  });
});

describe("lastChance", () => {
  const reserving = lastChance("5 seconds")(seconds(20));

  it.each([
    { now: 0, wait: 20_000, why: "it ends before the reserve" },
    { now: 35_000, wait: 20_000, why: "it ends just where the reserve begins" },
    { now: 35_001, wait: 19_999, why: "it would end within the reserve" },
    { now: 50_000, wait: 5000, why: "it would end after the deadline" },
    { now: 54_000, wait: 1000, why: "a second is still left" },
    { now: 54_001, wait: 20_000, why: "less than a second is left, and an attempt has just been made" },
    { now: 55_000, wait: 20_000, why: "the reserve has begun" },
    { now: 70_000, wait: 20_000, why: "the deadline is over" },
  ])("at $now of 60 000 ms waits $wait of 20 000 ms: $why", ({ now, wait }) => {
    expect(follow(reserving, { draws: [0] }, 60_000)(now, cold)).toBe(wait);
  });

  it.each([
    { wish: 3000, wait: 5000 },
    { wish: 5001, wait: 5001 },
    { wish: 9000, wait: 9000 },
  ])("cuts to no less than the $wish ms that the gateway asked for: $wait", ({ wish, wait }) => {
    expect(follow(reserving, { draws: [0] }, 60_000)(50_000, limitedFor(wish))).toBe(wait);
  });

  it("cuts nothing in a call without a deadline", () => {
    expect(follow(reserving, { draws: [0] })(1e9, cold)).toBe(20_000);
  });

  it("cuts to no less than a second", () => {
    expect(shortestCut).toBe(1000);
  });

  it("never lengthens a wait", () => {
    const times = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(times, times, times, times, (reserve, own, now, deadlineMs) => {
        const wait = follow(lastChance(reserve)(Schedule.spaced(own)), { draws: [0] }, deadlineMs)(now, closed);
        expect(wait).toBeLessThanOrEqual(own);
        expect(wait === own || wait === deadlineMs - reserve - now).toBe(true);
      }),
    );
  });
});

describe("a policy", () => {
  it("is a schedule like any other: Effect's own combinators take it", () => {
    const hurried = RetryPolicy.connection.pipe(
      Schedule.modifyDelay(({ duration }) => Effect.succeed(Duration.times(duration, 0.1))),
    );
    expect(first(10, hurried, 0)).toEqual([25, 50, 100]);
  });
});
