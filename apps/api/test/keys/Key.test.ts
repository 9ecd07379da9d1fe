import { assert, describe, it } from "vitest";
import { Refusal } from "../../src/http/Refusal.ts";
import { Key } from "../../src/keys/Key.ts";
import { Limiter } from "../../src/keys/Limiter.ts";
import { entryOf } from "./keyring.ts";

const keyWith = (limits: Readonly<Record<string, number>>): Key => {
  const { entry } = entryOf({ limits });
  return new Key(entry, new Limiter(entry.limits, () => 0));
};

const refusalOf = (take: () => unknown): Refusal => {
  try {
    take();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return assert.fail("it was granted");
};

describe("a key whose limit is used up", () => {
  it("is refused with 429, when to come back, and the fields of that moment", () => {
    const key = keyWith({ requestsPerMinute: 6 });
    for (let taken = 0; taken < 6; taken += 1) key.takeRequest();
    const { kind, details } = refusalOf(() => key.takeRequest());
    assert.strictEqual(kind.status, 429);
    assert.strictEqual(details.retryAfterMs, 10_000);
    assert.strictEqual(details.headers?.["RateLimit"], '"requests";r=0;t=10');
  });

  it("is refused with the time after which all that it asked for is there", () => {
    const key = keyWith({ megapixelsPerMinute: 6 });
    key.takePixels(6_000_000);
    const { details } = refusalOf(() => {
      key.takePixels(3_000_000);
    });
    assert.strictEqual(details.retryAfterMs, 30_000);
    assert.strictEqual(details.headers?.["RateLimit"], '"megapixels";r=0;t=30');
  });

  it("is refused for good where waiting does not help", () => {
    const { kind, details, message } = refusalOf(() => {
      keyWith({ megapixelsPerMinute: 2 }).takePixels(3_000_000n);
    });
    assert.isFalse(kind.retryable);
    assert.isUndefined(details.retryAfterMs);
    assert.include(message, "it can never pass");
  });
});

describe("a key without limits", () => {
  it("is always granted, and has no fields", () => {
    const key = keyWith({});
    for (let taken = 0; taken < 1_000; taken += 1) key.takeRequest();
    key.takePixels(10n ** 18n);
    assert.deepStrictEqual(key.limitFields(), {});
  });
});
