/** One client retries only as far as its bucket goes, so that a gateway that fails for all is not hammered by all. */
import { GatewayClient } from "@sluice/core/effect";
import { makeEmulator } from "@sluice/emulator";
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { fox, errorOf } from "./callOn.ts";
import { passTime, Watch } from "./passTime.ts";

/** Calls one after another by one client, on a gateway that does the same to each. */
const callsOn = (count: number, kind: "closed" | "unavailable") =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator({ faults: [{ kind }] });
    const watch = new Watch();
    const one = GatewayClient.use((client) => Effect.exit(client.textToImage(fox, { timeoutMs: 120_000 })));
    const calls = Effect.forEach(Array.from({ length: count }), () => one).pipe(
      Effect.provide(GatewayClient.layer({ gateway: emulator.url, onEvent: watch.observe })),
    );
    const exit = yield* passTime(calls, watch, emulator);
    if (exit._tag === "Failure") return yield* Effect.die(exit.cause);
    return exit.value.map(errorOf);
  });

describe("calls that all fail", () => {
  it.effect("get 35 retries from a full bucket between them; then each makes one attempt, and says why", () =>
    Effect.gen(function* () {
      const errors = yield* callsOn(8, "closed");
      // 500 tokens, 14 for each retry; a call of this kind would make six.
      assert.deepStrictEqual(
        errors.map(({ attempts }) => attempts.length - 1),
        [6, 6, 6, 6, 6, 5, 0, 0],
      );
      assert.deepStrictEqual(
        errors.map(({ retriesExhausted }) => retriesExhausted === true),
        [false, false, false, false, false, true, true, true],
      );
    }),
  );

  it.effect("for a cold model cost nothing: the last waits as long as the first", () =>
    Effect.gen(function* () {
      const errors = yield* callsOn(5, "unavailable");
      for (const { _tag: tag, attempts } of errors) {
        assert.strictEqual(tag, "DeadlineExceeded");
        assert.isAtLeast(attempts.length, 14);
      }
    }),
  );
});
