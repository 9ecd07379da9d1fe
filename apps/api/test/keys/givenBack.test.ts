/** Pixels that a key has drawn, and that nobody made. */
import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { Limiter } from "../../src/keys/Limiter.ts";
import { clockFrom } from "./keyring.ts";

const megapixel = 1_000_000;

const limiterOf = (megapixelsPerMinute: number) => {
  const clock = clockFrom(0);
  return { limiter: new Limiter({ megapixelsPerMinute }, clock.now), ...clock };
};

/** What was granted, and how to say what became of it. */
const drawn = (limiter: Limiter, pixels: number) => {
  const taken = limiter.takePixels(pixels);
  return taken.granted ? taken.settle : undefined;
};

// Fractions, as `performance.now()` has them.
const wait = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20_000, noNaN: true }), fc.nat(90_000));

/** Draws pixels, or ends one of the calls that are under way: at once as well, or when the limit has filled up again. */
const step = fc.record({
  ms: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(30_000, 60_000), wait),
  does: fc.oneof(
    fc.record({ pixels: fc.oneof(fc.nat(3 * megapixel), fc.constantFrom(megapixel, 2 * megapixel)) }),
    fc.record({ ends: fc.nat(20), made: fc.boolean() }),
  ),
});

describe("pixels that were drawn and not made", () => {
  it("are there again, at once and once alone", () => {
    const { limiter, pass } = limiterOf(2);
    const settle = drawn(limiter, 2 * megapixel);
    assert.isUndefined(drawn(limiter, 1));
    settle?.(false);
    assert.isDefined(drawn(limiter, 2 * megapixel));
    settle?.(false);
    assert.isUndefined(drawn(limiter, 1));
    pass(30_000);
    settle?.(false);
    assert.isDefined(drawn(limiter, megapixel));
    assert.isUndefined(drawn(limiter, 1));
  });

  it("stay drawn once it was said that they were made", () => {
    const { limiter } = limiterOf(2);
    const settle = drawn(limiter, 2 * megapixel);
    settle?.(true);
    settle?.(false);
    assert.isUndefined(drawn(limiter, 1));
  });

  it("come on top of nothing that has flowed in for them", () => {
    const { limiter, pass } = limiterOf(2);
    const slow = drawn(limiter, 2 * megapixel);
    pass(60_000);
    assert.isDefined(drawn(limiter, 2 * megapixel));
    slow?.(false);
    assert.isUndefined(drawn(limiter, 1));
  });

  it("are there as if they had never been drawn, beside others that were made", () => {
    const { limiter, pass } = limiterOf(100);
    const fails = drawn(limiter, 50 * megapixel);
    const made = drawn(limiter, 50 * megapixel);
    pass(30_000);
    made?.(true);
    fails?.(false);
    assert.isDefined(drawn(limiter, 100 * megapixel));
  });

  it("let no more pass that are made than the limit and what flowed in, in any span", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.array(step, { minLength: 20, maxLength: 80 }),
        (megapixels, steps) => {
          const { limiter, now, pass } = limiterOf(megapixels);
          const calls: Array<{
            readonly at: number;
            readonly pixels: number;
            readonly settle: (made: boolean) => void;
            made: boolean;
          }> = [];
          const underWay: typeof calls = [];
          for (const { ms, does } of steps) {
            pass(ms);
            if ("pixels" in does) {
              const settle = drawn(limiter, does.pixels);
              const call = settle && { at: now(), pixels: does.pixels, settle, made: true };
              if (call !== undefined) underWay.push(call);
              if (call !== undefined) calls.push(call);
            } else {
              const [call] = underWay.splice(does.ends % Math.max(1, underWay.length), 1);
              if (call !== undefined) call.made = does.made;
              call?.settle(does.made);
            }
          }
          const made = calls.filter((call) => call.made);
          for (const [place, first] of made.entries()) {
            let sum = 0;
            for (const { at, pixels } of made.slice(place)) {
              sum += pixels;
              // What a fraction of a millisecond brings is rounded down at the beginning of the span.
              const flowed = ((at - first.at + 1) * megapixels * megapixel) / 60_000;
              assert.isAtMost(sum, megapixels * megapixel + flowed);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are never missed by a key of whose calls each one fails", () => {
    const call = fc.record({ before: wait, pixels: fc.nat(2 * megapixel), during: wait });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 50 }), (calls) => {
        const { limiter, pass } = limiterOf(2);
        for (const { before, pixels, during } of calls) {
          pass(before);
          const settle = drawn(limiter, pixels);
          assert.isDefined(settle);
          pass(during);
          settle(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("make a minute's worth, no more and no less, when all calls that were under way together have failed", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { limiter, pass } = limiterOf(2);
        const underWay: Array<(made: boolean) => void> = [];
        for (const { ms, does } of steps) {
          pass(ms);
          if ("pixels" in does) underWay.push(drawn(limiter, does.pixels) ?? (() => undefined));
          else underWay.splice(does.ends % Math.max(1, underWay.length), 1)[0]?.(false);
        }
        for (const settle of underWay) settle(false);
        assert.isDefined(drawn(limiter, 2 * megapixel));
        assert.isUndefined(drawn(limiter, 1));
      }),
      { numRuns: 100 },
    );
  });
});
