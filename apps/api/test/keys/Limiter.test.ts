import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { Limiter, type Limits } from "../../src/keys/Limiter.ts";
import { clockFrom } from "./keyring.ts";

/** A limiter at its beginning, and its clock. */
const limiterOf = (limits: Limits, beginning = 0) => {
  const { now, pass } = clockFrom(beginning);
  return { limiter: new Limiter(limits, now), now, pass };
};

interface Grant {
  readonly at: number;
  readonly count: number;
}

/** The most that was granted in any minute that begins with a grant. */
const mostInAMinute = (grants: ReadonlyArray<Grant>): number =>
  grants.reduce((most, { at }) => {
    const within = grants.filter((grant) => grant.at >= at && grant.at <= at + 60_000);
    return Math.max(
      most,
      within.reduce((sum, { count }) => sum + count, 0),
    );
  }, 0);

// Fractions, as `performance.now()` has them.
const wait = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20_000, noNaN: true }), fc.nat(90_000));

describe("requests in a minute", () => {
  it("are granted all at once, then one for each that flows in", () => {
    const { limiter, pass } = limiterOf({ requestsPerMinute: 2 });
    assert.isTrue(limiter.takeRequest().granted);
    assert.isTrue(limiter.takeRequest().granted);
    const refused = limiter.takeRequest();
    assert.deepInclude(refused, { granted: false, policy: "requests", retryAfterMs: 30_000 });
    pass(29_999);
    assert.deepInclude(limiter.takeRequest(), { granted: false, retryAfterMs: 1 });
    pass(1);
    assert.isTrue(limiter.takeRequest().granted);
    assert.isFalse(limiter.takeRequest().granted);
  });

  it("are never more than the limit and what flowed in, in any minute", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(wait, { maxLength: 150 }), (requestsPerMinute, waits) => {
        const { limiter, now, pass } = limiterOf({ requestsPerMinute }, 1e9);
        const grants = waits.flatMap((ms): ReadonlyArray<Grant> => {
          pass(ms);
          return limiter.takeRequest().granted ? [{ at: now(), count: 1 }] : [];
        });
        assert.isAtMost(mostInAMinute(grants), 2 * requestsPerMinute);
        const span = waits.reduce((sum, ms) => sum + ms, 0);
        assert.isAtMost(grants.length, requestsPerMinute + Math.floor((span * requestsPerMinute) / 60_000) + 1);
      }),
      { numRuns: 60 },
    );
  });

  it("are granted after exactly the wait that a refusal tells", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(1_000), (requestsPerMinute, ms) => {
        const { limiter, pass } = limiterOf({ requestsPerMinute });
        for (let taken = 0; taken < requestsPerMinute; taken += 1) limiter.takeRequest();
        pass(ms);
        let last = limiter.takeRequest();
        while (last.granted) last = limiter.takeRequest();
        const { retryAfterMs = NaN } = last;
        pass(retryAfterMs - 1);
        assert.isFalse(limiter.takeRequest().granted);
        pass(1);
        assert.isTrue(limiter.takeRequest().granted);
      }),
      { numRuns: 20 },
    );
  });

  it("are neither won nor lost by a clock that goes back", () => {
    const { limiter, pass } = limiterOf({ requestsPerMinute: 1 }, 1e6);
    limiter.takeRequest();
    for (let turn = 0; turn < 10; turn += 1) {
      pass(-50_000);
      assert.isFalse(limiter.takeRequest().granted);
      pass(50_000);
      assert.isFalse(limiter.takeRequest().granted);
    }
    pass(60_000);
    assert.isTrue(limiter.takeRequest().granted);
  });
});

describe("requests at once", () => {
  it("are never more than the limit, and free when they end, once each", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.oneof(fc.constant("take" as const), fc.nat(40)), { maxLength: 80 }),
        (concurrency, steps) => {
          const { limiter } = limiterOf({ concurrency });
          const releases: Array<() => void> = [];
          const underWay = new Set<number>();
          for (const step of steps) {
            if (step !== "take") {
              // Some of these have been released before.
              const at = step % Math.max(1, releases.length);
              releases[at]?.();
              underWay.delete(at);
              continue;
            }
            const taken = limiter.takeRequest();
            assert.strictEqual(taken.granted, underWay.size < concurrency);
            if (taken.granted) underWay.add(releases.push(taken.release) - 1);
            else assert.deepInclude(taken, { policy: "concurrency", retryAfterMs: 1_000 });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("that are too many do not use up requests of the minute", () => {
    const { limiter } = limiterOf({ concurrency: 1, requestsPerMinute: 2 });
    const first = limiter.takeRequest();
    assert.deepInclude(limiter.takeRequest(), { granted: false, policy: "concurrency" });
    if (first.granted) first.release();
    assert.isTrue(limiter.takeRequest().granted);
  });
});

describe("megapixels in a minute", () => {
  it("are counted in whole pixels, of whichever number", () => {
    const { limiter } = limiterOf({ megapixelsPerMinute: 2 });
    assert.isTrue(limiter.takePixels(1_999_999n).granted);
    assert.deepInclude(limiter.takePixels(2), { granted: false, policy: "megapixels", retryAfterMs: 1 });
    assert.isTrue(limiter.takePixels(1).granted);
    assert.deepInclude(limiter.takePixels(1_000_000), { granted: false, retryAfterMs: 30_000 });
    assert.isTrue(limiter.takePixels(0).granted);
  });

  it("that are more than a whole minute has can never pass, and are told so", () => {
    const { limiter } = limiterOf({ megapixelsPerMinute: 2 });
    for (const pixels of [2_000_001, 2_000_001n, 10n ** 30n]) {
      const refused = limiter.takePixels(pixels);
      assert.notProperty(refused, "retryAfterMs");
      assert.match("message" in refused ? refused.message : "", /it can never pass/);
    }
    assert.isTrue(limiter.takePixels(2_000_000).granted);
  });

  it("are no fractions and not less than none", () => {
    for (const limits of [{}, { megapixelsPerMinute: 2 }]) {
      const { limiter } = limiterOf(limits);
      for (const pixels of [-1, -1n, 0.5, NaN, Infinity]) assert.throws(() => limiter.takePixels(pixels), RangeError);
    }
  });

  it("are never more than the limit and what flowed in, whatever is asked for", () => {
    const asked = fc.tuple(wait, fc.nat(3_000_000));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(asked, { maxLength: 100 }), (megapixels, takes) => {
        const { limiter, now, pass } = limiterOf({ megapixelsPerMinute: megapixels });
        const grants = takes.flatMap(([ms, count]): ReadonlyArray<Grant> => {
          pass(ms);
          return limiter.takePixels(count).granted ? [{ at: now(), count }] : [];
        });
        // What a fraction of a millisecond brings is rounded down at the beginning of the minute.
        assert.isAtMost(mostInAMinute(grants), 2 * megapixels * 1_000_000 + megapixels * 17);
      }),
      { numRuns: 60 },
    );
  });
});
