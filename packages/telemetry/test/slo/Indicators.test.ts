import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestMinutes } from "../../src/slo/durations.ts";
import { Indicators } from "../../src/slo/Indicators.ts";
import { IndicatorsData } from "../../src/slo/IndicatorsData.ts";
import { readSlo } from "../../src/slo/readSlo.ts";
import { defaultSlo, type SloFile } from "../../src/slo/SloFile.ts";
import { story } from "../story.ts";
import { attempt, call, minuteMs, recorded, restored, type Sort, start, startMinute } from "./traffic.ts";

const alerts = [{ name: "A", severity: "page", summary: "s", above: "5%", within: "10m", minimum: 1 }];

const sloOf = (objective: object): SloFile =>
  readSlo({ version: 1, objectives: [{ name: "o", of: "calls", alerts, ...objective }] });

/** Events and bad events, of calls or attempts of these sorts. */
const counts = (objective: object, sorts: ReadonlyArray<Sort>): ReadonlyArray<number> => {
  const make = "of" in objective ? attempt : call;
  const events = sorts.map((sort, number) => make(start + number, sort));
  const [total] = [...recorded(events, sloOf(objective)).totals()];
  return total === undefined ? [] : [total.events, total.bad];
};

const outcomes: ReadonlyArray<Sort> = [
  { outcome: "ok" },
  { outcome: "SLUICE-503-COLD" },
  { outcome: "SLUICE-500-INFERENCE" },
  { outcome: "SLUICE-429-RATE-LIMITED" },
  { outcome: "SLUICE-401-UNAUTHORIZED" },
  { outcome: "SLUICE-499-ABORTED" },
];

describe("an objective", () => {
  it("counts all that is not the caller's doing, unless it names classes", () => {
    expect(counts({ bad: { class: ["unavailable"] } }, outcomes)).toEqual([5, 1]);
    expect(counts({ bad: { class: ["unavailable", "server-error"] } }, outcomes)).toEqual([5, 2]);
    const where = { class: ["ok", "unavailable", "caller"] };
    expect(counts({ where, bad: { class: ["caller"] } }, outcomes)).toEqual([3, 1]);
    expect(counts({ where: { class: ["ok"] }, bad: { slowerThan: "1s" } }, outcomes)).toEqual([1, 0]);
  });

  it("counts calls or attempts, and no other event", () => {
    const bad = { class: ["unavailable"] };
    expect([...recorded(story, sloOf({ bad })).totals()]).toMatchObject([{ events: 1, bad: 0 }]);
    expect([...recorded(story, sloOf({ of: "attempts", bad })).totals()]).toMatchObject([{ events: 2, bad: 1 }]);
  });

  it("counts the pipelines that it names", () => {
    const sorts = [{ pipeline: "llm", ms: 900 }, { pipeline: "upscale", ms: 900 }, { pipeline: "llm" }];
    expect(counts({ where: { pipeline: ["llm"] }, bad: { slowerThan: "0.5s" } }, sorts)).toEqual([2, 1]);
  });

  it("tells warm calls from cold ones", () => {
    const sorts = [{ coldStart: true, ms: 900 }, { coldStart: true }, { ms: 900 }, {}, {}];
    expect(counts({ bad: { start: "cold" } }, sorts)).toEqual([5, 2]);
    expect(counts({ where: { start: "warm" }, bad: { slowerThan: "0.5s" } }, sorts)).toEqual([3, 1]);
    expect(counts({ where: { start: "cold" }, bad: { slowerThan: "0.5s" } }, sorts)).toEqual([2, 1]);
  });

  it("calls slow what takes longer, of attempts too", () => {
    const sorts = [{ ms: 1_500 }, { ms: 1_500.001 }, { ms: 1_499 }];
    expect(counts({ of: "attempts", bad: { slowerThan: "1.5s" } }, sorts)).toEqual([3, 1]);
  });
});

describe("the totals", () => {
  it("have a group for an objective once it has events for it, with no bad ones perhaps", () => {
    const indicators = recorded([call(start, { gateway: "b" }), attempt(start, { outcome: "SLUICE-503-COLD" })]);
    const none = recorded([call(start, { outcome: "SLUICE-499-ABORTED" })]);
    expect([...none.totals()]).toEqual([]);
    expect([...indicators.totals()]).toEqual([
      { objective: "unavailable", gateway: "g", pipeline: "text-to-image", events: 1, bad: 1 },
      { objective: "server-errors", gateway: "g", pipeline: "text-to-image", events: 1, bad: 0 },
      { objective: "availability", gateway: "b", pipeline: "text-to-image", events: 1, bad: 0 },
      { objective: "latency", gateway: "b", pipeline: "text-to-image", events: 1, bad: 0 },
      { objective: "cold-starts", gateway: "b", pipeline: "text-to-image", events: 1, bad: 0 },
    ]);
    expect(indicators.groups()).toEqual([
      { gateway: "b", pipeline: "text-to-image" },
      { gateway: "g", pipeline: "text-to-image" },
    ]);
  });

  it("go on when the minutes are forgotten", () => {
    const days = Array.from({ length: 10 }, (_, day) => attempt(start + day * 24 * 60 * minuteMs));
    const indicators = recorded(days);
    expect([...indicators.totals()][0]).toMatchObject({ objective: "unavailable", events: 10 });
    const end = startMinute + 9 * 24 * 60 + 1;
    expect(indicators.sums("unavailable", "g", "text-to-image", end, 10 * 24 * 60)).toEqual({ events: 4, bad: 0 });
  });

  it("are under the labels that the recorder gives", () => {
    const indicators = new Indicators(defaultSlo);
    indicators.record(attempt(start, { gateway: "https://x.example", pipeline: "mine" }), "other", "rest");
    expect(indicators.groups()).toEqual([{ gateway: "other", pipeline: "rest" }]);
    expect(indicators.sums("unavailable", "other", "rest", startMinute + 1, 1)).toEqual({ events: 1, bad: 0 });
    expect(indicators.sums("unavailable", "https://x.example", "mine", startMinute + 1, 1)).toEqual({
      events: 0,
      bad: 0,
    });
    expect(indicators.sums("unknown", "other", "rest", startMinute + 1, 1)).toEqual({ events: 0, bad: 0 });
  });
});

const sort = fc.record<Sort>({
  outcome: fc.constantFrom(...outcomes.map(({ outcome = "" }) => outcome)),
  gateway: fc.constantFrom("a", "b\nc", ""),
  pipeline: fc.constantFrom("llm", "upscale", "text-to-image"),
  ms: fc.constantFrom(1, 20_000, 200_000),
  coldStart: fc.boolean(),
});
const event = fc
  .tuple(fc.constantFrom(attempt, call), fc.integer({ min: 0, max: 4_000 }), sort)
  .map(([make, minute, one]) => make(start + minute * minuteMs, one));
const events = fc.array(event, { maxLength: 60 });

describe("the data", () => {
  it("are JSON of their schema's shape, and bring back all that was counted", () => {
    fc.assert(
      fc.property(events, (all) => {
        const indicators = recorded(all);
        const data = IndicatorsData.parse(JSON.parse(JSON.stringify(indicators.toData())));
        expect(restored(data).toData()).toEqual(indicators.toData());
        expect([...restored(data).totals()]).toEqual([...indicators.totals()]);
      }),
    );
  });

  it("of several processes add up to those of one, in any order", () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const merged = recorded(b);
        for (const part of [c, a]) merged.merge(recorded(part).toData());
        expect(merged.toData()).toEqual(recorded([...a, ...b, ...c]).toData());
      }),
    );
  });

  it("are small: three numbers for a minute that has events", () => {
    const all = recorded([
      attempt(start),
      attempt(start + 1),
      attempt(start + 5 * minuteMs, { outcome: "SLUICE-503-COLD" }),
    ]);
    expect(all.toData()[0]).toEqual({
      ...{ objective: "unavailable", gateway: "g", pipeline: "text-to-image", events: 3, bad: 1 },
      minutes: [startMinute, 2, 0, 5, 1, 1],
    });
  });

  it("of objectives that the file does not name are left out", () => {
    const data = recorded([attempt(start, { gateway: "other" }), call(start)]).toData();
    const slo = { ...defaultSlo, objectives: defaultSlo.objectives.filter(({ name }) => name === "latency") };
    expect([...restored(data, slo).totals()].map(({ objective }) => objective)).toEqual(["latency"]);
    expect(restored(data, slo).groups()).toEqual([{ gateway: "g", pipeline: "text-to-image" }]);
  });

  const one = { objective: "o", gateway: "g", pipeline: "p", events: 2, bad: 1, minutes: [startMinute, 2, 1] };

  it.each([
    ["a count that is negative", { ...one, events: -1 }],
    ["a count that is no whole number", { ...one, minutes: [startMinute, 2.5, 1] }],
    ["more bad events than events", { ...one, bad: 3 }],
    ["more bad events than events in a minute", { ...one, minutes: [startMinute, 1, 2] }],
    ["a minute without events", { ...one, minutes: [startMinute, 0, 0] }],
    ["a minute twice", { ...one, minutes: [startMinute, 1, 0, 0, 1, 0] }],
    ["half a minute", { ...one, minutes: [startMinute, 1] }],
    ["a minute that no date can name", { ...one, minutes: [1e12, 1, 0] }],
    ["more minutes than are kept", { ...one, minutes: Array.from({ length: 3 * (longestMinutes + 2) }, () => 1) }],
    ["a name without end", { ...one, gateway: "g".repeat(301) }],
    ["another field", { ...one, more: 1 }],
  ])("with %s are refused", (_, data) => {
    expect(IndicatorsData.safeParse([one]).success).toBe(true);
    expect(IndicatorsData.safeParse([data]).success).toBe(false);
  });
});
