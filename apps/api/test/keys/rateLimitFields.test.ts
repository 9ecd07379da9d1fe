import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { Limiter, type Limits } from "../../src/keys/Limiter.ts";
import { clockFrom } from "./keyring.ts";

/** A list of RFC 9651 whose items are texts with whole numbers and texts as parameters. */
const parsed = (field: string): ReadonlyArray<readonly [string, Readonly<Record<string, number>>]> =>
  field.split(", ").map((item) => {
    assert.match(item, /^"[ !#-[\]-~]*"(?:;[a-z*][a-z0-9_.*-]*=(?:\d{1,15}|"[ !#-[\]-~]*"))*$/);
    const [name = "", ...parameters] = item.split(";");
    return [
      name.slice(1, -1),
      Object.fromEntries(parameters.map((one) => one.split("=")).map(([key, value]) => [key, Number(value)])),
    ];
  });

const limits: Limits = { requestsPerMinute: 60, concurrency: 4, megapixelsPerMinute: 200 };

describe("the fields of a limit", () => {
  it("tell each policy, what is left of it, and when there is more", () => {
    const limiter = new Limiter(limits, () => 0);
    limiter.takeRequest();
    limiter.takePixels(1_048_576n);
    assert.deepStrictEqual(limiter.fields(), {
      "RateLimit-Policy": '"requests";q=60;w=60, "concurrency";q=4;qu="concurrent-requests", "megapixels";q=200;w=60',
      RateLimit: '"requests";r=59;t=1, "concurrency";r=3, "megapixels";r=198;t=1',
    });
  });

  it("are none without limits", () => {
    assert.deepStrictEqual(new Limiter({}, () => 0).fields(), {});
  });

  it("have the time of the refusal that the answer is about", () => {
    const limiter = new Limiter({ megapixelsPerMinute: 6 }, () => 0);
    limiter.takePixels(6_000_000);
    assert.strictEqual(limiter.fields().RateLimit, '"megapixels";r=0;t=10');
    const refused = limiter.takePixels(3_000_000);
    assert.isFalse(refused.granted);
    assert.strictEqual(limiter.fields(refused).RateLimit, '"megapixels";r=0;t=30');
  });

  it("have no time where waiting does not help", () => {
    const limiter = new Limiter({ megapixelsPerMinute: 6 }, () => 0);
    const refused = limiter.takePixels(7_000_000);
    assert.isFalse(refused.granted);
    assert.strictEqual(limiter.fields(refused).RateLimit, '"megapixels";r=6');
  });

  it("are right whatever was taken: what is left can be taken, one more only after the time", () => {
    const taken = fc.tuple(fc.nat(5_000), fc.nat(3_000_000));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(taken, { maxLength: 30 }), (perMinute, takes) => {
        const { now, pass } = clockFrom(0);
        const limiter = new Limiter({ requestsPerMinute: perMinute, megapixelsPerMinute: perMinute + 0.5 }, now);
        for (const [ms, pixels] of takes) {
          pass(ms);
          limiter.takeRequest();
          limiter.takePixels(pixels);
        }
        const { "RateLimit-Policy": policy = "", RateLimit: state = "" } = limiter.fields();
        assert.deepStrictEqual(parsed(policy), [
          ["requests", { q: perMinute, w: 60 }],
          ["megapixels", { q: perMinute, w: 60 }],
        ]);
        const [[, requests] = [], [, megapixels] = []] = parsed(state);
        const { r: left = NaN, t: seconds = NaN } = requests ?? {};
        for (let one = 0; one < left; one += 1) assert.isTrue(limiter.takeRequest().granted);
        const refused = limiter.takeRequest();
        assert.isFalse(refused.granted);
        if (left < perMinute) assert.strictEqual(Math.ceil((refused.retryAfterMs ?? 0) / 1_000), seconds);
        assert.isTrue(limiter.takePixels((megapixels?.["r"] ?? NaN) * 1_000_000).granted);
        assert.isFalse(limiter.takePixels(1_000_000).granted);
        pass(seconds * 1_000);
        assert.isTrue(limiter.takeRequest().granted);
        pass((megapixels?.["t"] ?? NaN) * 1_000);
        assert.isTrue(limiter.takePixels(1_000_000).granted);
      }),
      { numRuns: 60 },
    );
  });
});
