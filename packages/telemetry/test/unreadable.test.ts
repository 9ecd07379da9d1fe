/** What the package cannot read is refused by its field, with what to give instead: no TypeError from the depths. */
import { InvalidConfiguration } from "@sluice/errors";
import { describe, expect, it } from "vitest";
import { defaultSlo, prometheusRules, Snapshot, Telemetry } from "../src/index.ts";
import { eventsOf, noon } from "./traffic.ts";

/** As it comes from JavaScript, whose callers have no types. */
const given = (value: unknown): never => value as never;

/** Of each mistake that it is refused for, its field. */
const fieldsOf = (act: () => unknown): ReadonlyArray<string> => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    for (const { path, fix = "" } of error.fields) {
      expect(error.message).toContain(path);
      expect(fix).toMatch(/^[A-Z].*[.?]$/);
    }
    return error.fields.map(({ path }) => path).toSorted();
  }
  return [];
};

const telemetry = (): Telemetry => {
  const made = new Telemetry({ clock: { currentTimeMillisUnsafe: () => noon } });
  for (const event of eventsOf({})) made.onEvent(event);
  return made;
};

describe("objectives that were not read", () => {
  it.each([
    [null, ["slo"]],
    ["slo.json", ["slo"]],
    [{}, ["objectives", "version"]],
    [{ version: 1, objectives: [{}] }, ["alerts", "bad", "name", "of"].map((name) => `objectives.0.${name}`)],
  ])("%j: their fields are told", (slo, fields) => {
    expect(fieldsOf(() => new Telemetry({ slo: given(slo) }))).toEqual(fields);
    expect(fieldsOf(() => prometheusRules(given(slo)))).toEqual(fields);
  });

  it("are taken when they have no mistake", () => {
    expect(fieldsOf(() => new Telemetry({ slo: structuredClone(defaultSlo) }))).toEqual([]);
  });
});

describe("a snapshot that is none", () => {
  const whole = Object.keys(Snapshot.shape).toSorted();

  it.each([
    ["an empty object", {}, whole],
    ["null", null, ["snapshot"]],
    ["a text", JSON.stringify(telemetry().snapshot()), ["snapshot"]],
    ["one of tomorrow", { ...telemetry().snapshot(), version: 2 }, ["version"]],
    ["half of one", { ...telemetry().snapshot(), inflight: 1, indicators: undefined }, ["indicators", "inflight"]],
  ])("%s is not merged, and its fields are told", (_, snapshot, fields) => {
    const fleet = telemetry();
    const before = fleet.snapshot();
    expect(fieldsOf(() => fleet.merge(given(snapshot)))).toEqual(fields);
    expect(fleet.snapshot()).toEqual(before);
  });
});

describe("a window that is not kept", () => {
  it.each(["60m", "", "constructor", 5, null])(
    "%j is told with those that are, before and after the first call",
    (window) => {
      for (const made of [telemetry(), new Telemetry()]) {
        expect(fieldsOf(() => made.table(given(window)))).toEqual(["window"]);
        expect(() => made.table(given(window))).toThrow(/window: .*must be a window that is kept/);
      }
    },
  );

  it("is none of these", () => {
    for (const window of ["5m", "1h", "24h", "all", undefined] as const) {
      expect(fieldsOf(() => telemetry().table(window))).toEqual([]);
    }
  });
});
