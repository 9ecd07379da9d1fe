import { assert, describe, it } from "@effect/vitest";
import type { CallEvent } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { callOn, errorOf } from "./callOn.ts";

const waits = (events: ReadonlyArray<CallEvent>) =>
  events.filter((event) => event.type === "waiting").map(({ waitMs }) => waitMs);
const starts = (events: ReadonlyArray<CallEvent>) =>
  events.filter(({ type }) => type === "attempt-started").map(({ at }) => at);

describe("Retry-After", () => {
  for (const kind of ["rate-limited", "unavailable"] as const) {
    it.effect(`2 on ${kind} waits exactly 2 s`, () =>
      Effect.gen(function* () {
        const { exit, events } = yield* callOn({ emulator: { faults: [{ kind, times: 1, retryAfter: "2" }] } });
        assert.strictEqual(exit._tag, "Success");
        assert.deepStrictEqual(waits(events), [2_000]);
        const [first = 0, second = 0] = starts(events);
        assert.strictEqual(second - first, 2_000);
      }),
    );
  }

  it.effect("86400 fails at once and says when to return", () =>
    Effect.gen(function* () {
      const { exit, events, journal } = yield* callOn({
        emulator: { faults: [{ kind: "rate-limited", retryAfter: "86400" }] },
      });
      const error = errorOf(exit);
      assert.include(error, { _tag: "RateLimited", retryAfterMs: 86_400_000, retryAt: "1970-01-02T00:00:00.000Z" });
      assert.include(error.message, "1970-01-02T00:00:00.000Z");
      assert.include(error.fix, "1970-01-02T00:00:00.000Z");
      assert.lengthOf(journal, 1);
      assert.strictEqual(events.at(-1)?.at, events[0]?.at);
    }),
  );
});
