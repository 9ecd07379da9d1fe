/** Any stream, any rules: the alerts are those of a plain reading of Prometheus's, however the events are counted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallEvent } from "../../src/index.ts";
import { Evaluator } from "../../src/slo/Evaluator.ts";
import { Indicators } from "../../src/slo/Indicators.ts";
import { IndicatorsData } from "../../src/slo/IndicatorsData.ts";
import { readSlo } from "../../src/slo/readSlo.ts";
import { rulesOf } from "../../src/slo/Rule.ts";
import type { SloFile } from "../../src/slo/SloFile.ts";
import { attempt, live, minuteMs, recorded, replay, restored, said, start, startMinute } from "./traffic.ts";

const minutes = (most: number) => fc.integer({ min: 1, max: most }).map((count) => `${count}m`);

const common = (name: string) => ({
  name: fc.constant(name),
  severity: fc.constantFrom("page", "ticket"),
  summary: fc.constant("s"),
  minimum: fc.integer({ min: 1, max: 5 }),
  for: fc.option(minutes(4), { nil: undefined }),
});

const threshold = (name: string) =>
  fc.record({ ...common(name), above: fc.constantFrom("0%", "10%", "50%", "90%"), within: minutes(9) });

const burn = (name: string) =>
  fc.record({
    ...common(name),
    burns: fc.constantFrom(1, 2.5, 9),
    ...{ short: minutes(5), long: fc.integer({ min: 6, max: 90 }).map((count) => `${count}m`) },
  });

const slo: fc.Arbitrary<SloFile> = fc.tuple(threshold("A"), threshold("B"), burn("C")).map((alerts) =>
  readSlo({
    version: 1,
    objectives: [{ name: "o", of: "attempts", bad: { class: ["unavailable"] }, target: "90%", alerts }],
  }),
);

/** Bursts with gaps between them, in order. */
const stream: fc.Arbitrary<ReadonlyArray<CallEvent>> = fc
  .array(
    fc.record({
      after: fc.oneof(
        { weight: 30, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 10 * minuteMs }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 1_000 * minuteMs }) },
      ),
      outcome: fc.constantFrom("ok", "SLUICE-503-COLD", "SLUICE-503-COLD", "SLUICE-499-ABORTED"),
      gateway: fc.constantFrom("a", "a", "b"),
    }),
    { maxLength: 100, size: "max" },
  )
  .map((steps) => {
    let at = start;
    return steps.map(({ after, outcome, gateway }) => attempt((at += after), { outcome, gateway }));
  })
  .filter((events) => (events.at(-1)?.at ?? start) - start < 4_000 * minuteMs);

const untilOf = (events: ReadonlyArray<CallEvent>): number =>
  Math.ceil(((events.at(-1)?.at ?? start) - start) / minuteMs) + 100;

/** Each minute, each rule, each gateway, every event: what Prometheus's documentation says, word for word. */
const plainly = (events: ReadonlyArray<CallEvent>, until: number, file: SloFile): ReadonlyArray<string> => {
  const activeAt = new Map<string, number>();
  const firing = new Set<string>();
  const told: Array<string> = [];
  for (let now = 1; now <= until; now++) {
    const boundary = start + now * minuteMs;
    for (const { name, windows, minimum, forMinutes } of rulesOf(file)) {
      for (const gateway of ["a", "b"]) {
        const inside = (length: number) =>
          events.filter((event) => {
            const counts = event.type === "attempt-ended" && event.outcome !== "SLUICE-499-ABORTED";
            return (
              counts && event.gateway === gateway && event.at < boundary && event.at >= boundary - length * minuteMs
            );
          });
        const sharesAbove = windows.every(({ minutes: length, above }) => {
          const all = inside(length);
          return all.filter((event) => "outcome" in event && event.outcome !== "ok").length / all.length > above;
        });
        const shortest = Math.min(...windows.map((window) => window.minutes));
        const key = `${name} ${gateway}`;
        if (sharesAbove && inside(shortest).length >= minimum) {
          const since = activeAt.get(key) ?? now;
          const isDue = now - since >= forMinutes;
          if (isDue && !firing.has(key)) told.push(`${key} firing ${now} since ${since}`);
          else if (!isDue && !activeAt.has(key)) told.push(`${key} pending ${now} since ${since}`);
          if (isDue) firing.add(key);
          activeAt.set(key, since);
        } else {
          if (firing.has(key)) told.push(`${key} resolved ${now} since ${activeAt.get(key) ?? ""}`);
          firing.delete(key);
          activeAt.delete(key);
        }
      }
    }
  }
  return told;
};

const fully = (alerts: ReturnType<typeof replay>): ReadonlyArray<string> =>
  alerts.map(({ name, gateway, state, at, since }) => {
    return `${name} ${gateway} ${state} ${(at - start) / minuteMs} since ${(since - start) / minuteMs}`;
  });

describe("the alerts of any stream", () => {
  it("are those of Prometheus's rules, read plainly", () => {
    let told = 0;
    fc.assert(
      fc.property(stream, slo, (events, file) => {
        fc.pre(untilOf(events) < 600);
        const expected = plainly(events, untilOf(events), file);
        expect(fully(replay(events, untilOf(events), file))).toEqual(expected);
        told += expected.length;
      }),
    );
    expect(told).toBeGreaterThan(100);
  });

  it("are the same whether one asks at each event or at the end", () => {
    fc.assert(
      fc.property(stream, slo, (events, file) => {
        expect(live(events, untilOf(events), file)).toEqual(replay(events, untilOf(events), file));
      }),
    );
  });

  it("are the same when one to five processes have counted, in whatever order they are merged", () => {
    const split = fc.tuple(
      fc.array(fc.nat({ max: 4 }), { minLength: 100, maxLength: 100 }),
      fc.constantFrom([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]),
      fc.boolean(),
    );
    fc.assert(
      fc.property(stream, slo, split, (events, file, [whose, order, asJson]) => {
        const parts = order.map((process) =>
          recorded(
            events.filter((_, place) => whose[place] === process),
            file,
          ),
        );
        const merged = new Indicators(file);
        for (const part of parts) {
          const data = part.toData();
          merged.merge(asJson ? IndicatorsData.parse(JSON.parse(JSON.stringify(data))) : data);
        }
        const alerts = new Evaluator(file).advance(merged, start + untilOf(events) * minuteMs);
        expect(alerts).toEqual(replay(events, untilOf(events), file));
      }),
    );
  });

  it("are the same when a process is stopped, and another goes on from its data", () => {
    fc.assert(
      fc.property(stream, slo, fc.nat({ max: 100 }), (events, file, cut) => {
        const first = recorded(events.slice(0, cut), file);
        const second = restored(first.toData(), file);
        for (const event of events.slice(cut)) second.record(event, event.gateway, event.pipeline);
        const alerts = new Evaluator(file).advance(second, start + untilOf(events) * minuteMs);
        expect(alerts).toEqual(replay(events, untilOf(events), file));
      }),
    );
  });

  it("come in the order of time, and each changes what was told before", () => {
    fc.assert(
      fc.property(stream, slo, (events, file) => {
        const alerts = replay(events, untilOf(events), file);
        expect(alerts.map(({ at }) => at)).toEqual(alerts.map(({ at }) => at).sort((a, b) => a - b));
        const last = new Map<string, string>();
        for (const { name, gateway, state, at } of alerts) {
          const key = `${name} ${gateway}`;
          if (state === "resolved") expect(last.get(key), said(alerts).join()).toBe("firing");
          else expect(last.get(key) === "firing").toBe(false);
          last.set(key, state);
          expect(at % minuteMs).toBe(0);
          expect(at / minuteMs).toBeGreaterThan(startMinute);
        }
      }),
    );
  });
});
