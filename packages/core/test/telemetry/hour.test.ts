import { assert, describe, it } from "@effect/vitest";
import { nanoUsd, toUsd } from "@sluice/pricing";
import { type Alert, type CallEvent, Telemetry } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { play } from "./playScript.ts";

const warm = "SG161222/RealVisXL_V4.0_Lightning";
const cold = "ByteDance/SDXL-Lightning";
const minute = 60_000;
const eight = Date.UTC(2026, 10, 23, 8);

/** Ten calls a minute of a warm model; from 08:10 on, one of another model, which is cold at first. */
const calls = [
  ...Array.from({ length: 600 }, (_, at) => ({ at: at * 6_000, model: warm })),
  ...Array.from({ length: 50 }, (_, at) => ({ at: (10 + at) * minute, model: cold })),
];

/** At 08:20 the gateway limits for a minute; from 08:25 until 08:40 it has no orchestrator, and closes each socket. */
const emulator = {
  models: { [cold]: { state: "cold", loadMs: 45_000, meanwhile: "503" } },
  latencyMs: { p50: 2_400, p95: 4_800, p99: 6_000 },
  faults: [
    { kind: "rate-limited", retryAfter: "10", fromMs: 20 * minute, untilMs: 21 * minute },
    { kind: "closed", fromMs: 25 * minute, untilMs: 40 * minute },
  ],
} as const;

const hour = Effect.gen(function* () {
  yield* TestClock.setTime(eight);
  const alerts: Array<Alert> = [];
  const events: Array<CallEvent> = [];
  const telemetry = new Telemetry({ clock: yield* Clock.Clock, onAlert: (alert) => alerts.push(alert) });
  const onEvent = (event: CallEvent): void => {
    events.push(event);
    telemetry.onEvent(event);
  };
  yield* play({ calls, emulator, onEvent });
  return { telemetry, alerts, events };
});

/** In whole minutes after eight. */
const minutesOf = (alerts: ReadonlyArray<Alert>, name: string): ReadonlyArray<string> =>
  alerts.filter((alert) => alert.name === name).map(({ state, at }) => `${state} at ${(at - eight) / minute}`);

const exact = (values: ReadonlyArray<number>, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

describe("an hour at a gateway, on the virtual clock", () => {
  it.effect("is told by its figures, its alerts and its table", () =>
    Effect.gen(function* () {
      const { telemetry, alerts, events } = yield* hour;
      const { series } = telemetry.report();
      const of = (model: string) => series.find((one) => one.model === model) ?? assert.fail(`${model} is not there`);
      const ended = events.flatMap((event) => (event.type === "call-ended" ? [event] : []));
      const asked = events.flatMap((event) => (event.type === "attempt-ended" ? [event] : []));

      // Warm traffic: what was seen is what is told.
      const { calls: made, attempts, latency, retries, cost } = of(warm);
      assert.strictEqual(made.total, 600);
      assert.deepStrictEqual(Object.keys(made.byClass).toSorted(), ["ok", "unavailable"]);
      const ok = ended.filter(({ model, outcome, coldStart }) => model === warm && outcome === "ok" && !coldStart);
      const durations = ok.map(({ ms }) => ms);
      assert.strictEqual(latency.all.warm.calls, durations.length);
      for (const [share, told] of [
        [0.5, latency.all.warm.p50Ms],
        [0.95, latency.all.warm.p95Ms],
        [0.99, latency.all.warm.p99Ms],
      ] as const) {
        assert.closeTo((told ?? 0) / exact(durations, share), 1, 0.01);
      }
      assert.strictEqual(attempts.total, asked.filter(({ model }) => model === warm).length);
      assert.strictEqual(retries, attempts.total - 600);
      // A call is 1024 x 1024 pixels at 19 nano-USD.
      assert.strictEqual(cost.usd, toUsd(nanoUsd(BigInt(ok.length) * 1_024n * 1_024n * 19n)));

      // The cold start: one call met it, while the model loaded for 45 s.
      const { latency: coldLatency, attempts: coldAttempts } = of(cold);
      assert.strictEqual(coldLatency.all.cold.calls, 1);
      assert.isAtLeast(coldLatency.all.cold.p50Ms ?? 0, 45_000);
      assert.isAtLeast(coldAttempts.byStatus["503"] ?? 0, 5);

      // The rate limit cost time, and no call.
      const limited = asked.filter(({ status }) => status === 429);
      assert.isNotEmpty(limited);
      assert.isTrue(limited.every(({ at }) => at >= eight + 20 * minute && at < eight + 21 * minute));
      assert.strictEqual((attempts.byStatus["429"] ?? 0) + (coldAttempts.byStatus["429"] ?? 0), limited.length);

      // The outage: closed sockets, failed calls, and one alert of the two, ten minutes after it began to hold.
      const failed = ended.filter(({ outcome }) => outcome !== "ok");
      assert.isTrue(failed.every(({ at }) => at >= eight + 25 * minute && at < eight + 42 * minute));
      assert.strictEqual(latency.all.failed.calls + coldLatency.all.failed.calls, failed.length);
      assert.strictEqual(attempts.byStatus["none"], attempts.byOutcome["SLUICE-503-CLOSED"]);
      const story = minutesOf(alerts, "LivepeerUnavailable").slice(-3);
      assert.deepStrictEqual(story, ["pending at 26", "firing at 36", "resolved at 45"]);
      assert.lengthOf(
        minutesOf(alerts, "LivepeerUnavailable").filter((told) => told.startsWith("firing")),
        1,
      );
      assert.isEmpty(minutesOf(alerts, "LivepeerServerErrors"));
      assert.isTrue(minutesOf(alerts, "LivepeerErrorBudgetFastBurn").some((told) => told.startsWith("firing")));
      assert.isEmpty(minutesOf(alerts, "LivepeerSlow").filter((told) => told.startsWith("firing")));
      assert.isEmpty(minutesOf(alerts, "LivepeerColdStarts").filter((told) => told.startsWith("firing")));

      // The README shows this very table.
      const table = telemetry.table();
      for (const line of table.split("\n")) assert.isAtMost(line.length, 80);
      const readme = readFileSync(join(import.meta.dirname, "../../../telemetry/README.md"), "utf8");
      const [, shown] = /<!-- hour:begin -->\n\n```text\n(.*?)\n```\n\n<!-- hour:end -->/s.exec(readme) ?? [];
      assert.strictEqual(table, shown, "Stale: put this table between the marks of the README.");
    }),
  );
});
