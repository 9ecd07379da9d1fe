import { GatewayClient } from "@sluice/core/effect";
import { type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import { assert, describe, it } from "@effect/vitest";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { passTime, Watch } from "./passTime.ts";

const model = "SG161222/RealVisXL_V4.0_Lightning";

const cold = (seconds: number, meanwhile: "503" | "hold"): EmulatorSettings => ({
  models: { [model]: { state: "cold", loadMs: seconds * 1_000, meanwhile } },
});

const callWithDefaults = (settings: EmulatorSettings) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(settings);
    const watch = new Watch();
    const call = GatewayClient.use((client) => client.textToImage({ prompt: "a red fox" })).pipe(
      Effect.provide(GatewayClient.layer({ gateway: emulator.url, onEvent: watch.observe })),
    );
    const exit = yield* passTime(call, watch, emulator);
    return { exit, journal: emulator.journal(), events: watch.events };
  });

describe("a cold model, with default settings, on the virtual clock", () => {
  for (const seconds of [5, 45, 120, 240, 290]) {
    it.effect(`${seconds} s of 503 end in an image`, () =>
      Effect.gen(function* () {
        const { exit, journal } = yield* callWithDefaults(cold(seconds, "503"));
        assert.isTrue(Exit.isSuccess(exit));
        if (!Exit.isSuccess(exit)) return;
        const { meta, images } = exit.value;
        assert.lengthOf(images, 1);
        assert.isTrue(meta.coldStart);
        assert.isAtLeast(meta.durationMs, seconds * 1_000);
        assert.isAtMost(journal.length, 25);
        assert.strictEqual(meta.attempts.length, journal.length);
        assert.deepStrictEqual(meta.attempts.at(-1)?.outcome, "ok");
      }),
    );
  }

  for (const seconds of [45, 240, 299]) {
    it.effect(`a request held for ${seconds} s ends in an image, at its first attempt`, () =>
      Effect.gen(function* () {
        const { exit, journal } = yield* callWithDefaults(cold(seconds, "hold"));
        assert.isTrue(Exit.isSuccess(exit));
        if (!Exit.isSuccess(exit)) return;
        assert.lengthOf(journal, 1);
        assert.isTrue(exit.value.meta.coldStart);
        assert.approximately(exit.value.meta.durationMs, seconds * 1_000, 100);
      }),
    );
  }

  for (const meanwhile of ["503", "hold"] as const) {
    it.effect(`301 s (${meanwhile}) end in the deadline error at 300 s`, () =>
      Effect.gen(function* () {
        const { exit, events, journal } = yield* callWithDefaults(cold(301, meanwhile));
        const error = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined;
        assert.include(error, { _tag: "DeadlineExceeded", code: "SLUICE-504-DEADLINE", deadlineMs: 300_000 });
        assert.include(error, { inFlight: meanwhile === "hold", mayHaveRun: meanwhile === "hold" });
        const [first, last] = [events[0], events.at(-1)];
        assert.strictEqual((last?.at ?? 0) - (first?.at ?? 0), 300_000);
        assert.include(last, { type: "call-ended", outcome: "SLUICE-504-DEADLINE", ms: 300_000 });
        assert.strictEqual(
          journal.some(({ status }) => status === 200),
          false,
        );
      }),
    );
  }

  it.effect("the last attempt before the deadline begins 5 s before it", () =>
    Effect.gen(function* () {
      const { events } = yield* callWithDefaults(cold(301, "503"));
      const start = events[0]?.at ?? 0;
      const attempts = events.filter(({ type }) => type === "attempt-started");
      // Unless the policy's own moment is less than a second before.
      assert.isAtMost((attempts.at(-1)?.at ?? 0) - start, 295_000);
      assert.isAbove((attempts.at(-1)?.at ?? 0) - start, 294_000);
    }),
  );
});
