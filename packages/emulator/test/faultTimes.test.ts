import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { makeEmulator } from "../src/index.ts";
import { statusOf } from "./ask.ts";
import { generate } from "./generate.ts";

describe("a fault that has its time", () => {
  it.effect("hits from its beginning until its end, by the clock of whoever made the emulator", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("3 hours");
      const { url } = yield* makeEmulator({
        faults: [
          { kind: "rate-limited", fromMs: 1_000, untilMs: 2_000, times: 1 },
          { kind: "internal", fromMs: 1_000, untilMs: 2_000 },
          { kind: "unavailable", fromMs: 3_000 },
        ],
      });
      const statuses: Array<number | null> = [];
      const askAfter = Effect.fnUntraced(function* (time: "999 millis" | "1 millis" | "1 second") {
        yield* TestClock.adjust(time);
        statuses.push(statusOf(yield* Effect.promise(() => generate(url))));
      });
      yield* askAfter("999 millis");
      yield* askAfter("1 millis");
      yield* askAfter("999 millis");
      yield* askAfter("1 millis");
      yield* askAfter("1 second");
      yield* askAfter("1 second");
      assert.deepStrictEqual(statuses, [200, 429, 500, 200, 503, 503]);
    }),
  );
});
