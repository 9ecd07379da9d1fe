/** How long calls take: percentiles that hold, and histories that repeat. */
import { assert, describe, it } from "@effect/vitest";
import { type EmulatorSettings, type Latency, makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import { diceOf } from "../src/dice.ts";
import { sleepFor } from "../src/Latency.ts";
import { generate, imagesOf, until } from "./generate.ts";

const spread = { p50: 1_000, p95: 4_000, p99: 9_000 };

/** How long each of so many takes, shortest first, in milliseconds by the test's clock. */
const timesOf = (latency: Latency, count: number) =>
  Effect.gen(function* () {
    const sleep = sleepFor(latency, diceOf("latency", 1));
    const times: Array<number> = [];
    const at = yield* Effect.clockWith((clock) => clock.currentTimeMillis);
    const timed = Effect.andThen(
      sleep,
      Effect.clockWith((clock) => Effect.map(clock.currentTimeMillis, (now) => times.push(now - at))),
    );
    const all = yield* Effect.forkChild(
      Effect.all(
        Array.from({ length: count }, () => timed),
        { concurrency: "unbounded" },
      ),
    );
    yield* TestClock.adjust(20_000);
    yield* Fiber.join(all);
    return times.sort((one, other) => one - other);
  });

describe("a latency", () => {
  it.effect("with percentiles has them, and nothing far beyond", () =>
    Effect.gen(function* () {
      const times = yield* timesOf(spread, 4_000);
      const at = (share: number) => times[Math.floor(share * times.length)] ?? 0;
      assert.closeTo(at(0.5), 1_000, 60);
      assert.closeTo(at(0.95), 4_000, 250);
      assert.closeTo(at(0.99), 9_000, 800);
      assert.isAtLeast(at(0), 500);
      assert.isAtMost(times.at(-1) ?? Infinity, 14_000);
    }),
  );

  it.effect("of one number is that", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* timesOf(250, 3), [250, 250, 250]);
    }),
  );
});

/** What the journal says of so many calls, one after another. */
const history = (settings: EmulatorSettings, calls: number) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(settings);
    const ids: Array<string> = [];
    for (let call = 0; call < calls; call += 1) {
      const heard = generate(emulator.url, { width: 64, height: 64 });
      yield* Effect.promise(() => until(() => emulator.journal()[call]?.body !== undefined));
      for (let ms = 0; emulator.journal()[call]?.end === "open"; ms += 10) yield* TestClock.adjust(10);
      ids.push(imagesOf(yield* Effect.promise(() => heard))[0]?.url ?? "");
    }
    return { ids, times: emulator.journal().map(({ ms }) => ms) };
  });

describe("an emulator whose latency is spread", () => {
  it.effect("has one history for a seed, and another for another", () =>
    Effect.gen(function* () {
      const latencyMs = { p50: 100, p95: 400, p99: 900 };
      const one = yield* history({ seed: 3, latencyMs }, 6);
      assert.deepStrictEqual(yield* history({ seed: 3, latencyMs }, 6), one);
      assert.notDeepEqual((yield* history({ seed: 4, latencyMs }, 6)).times, one.times);
      assert.isAbove(new Set(one.times).size, 3);
    }),
  );

  it.effect("names its results as one whose latency is fixed", () =>
    Effect.gen(function* () {
      const { ids } = yield* history({ latencyMs: 0 }, 3);
      assert.deepStrictEqual((yield* history({ latencyMs: { p50: 1, p95: 2, p99: 3 } }, 3)).ids, ids);
    }),
  );
});
