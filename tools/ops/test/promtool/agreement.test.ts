import { defaultSlo, readSlo, type SloFile } from "@sluice/telemetry";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alertsOf } from "../../src/Alert.ts";
import { testsOf } from "../../src/testsFile.ts";
import { bareRules, firingsOf, promtoolTestOf, type Source, type Told } from "./agreement.ts";
import { folderOf, promtool } from "./promtool.ts";
import { chance, kinds, streamOf } from "./streams.ts";

const told: Told = { objective: "requests", of: "attempts", bad: "SLUICE-503-COLD" };

const alert = (name: string, settings: object) => ({ name, severity: "page", summary: "Too many.", ...settings });

/** Alerts of each form, with windows so short that hours hold many of their turns. */
const quick: SloFile = readSlo({
  version: 1,
  objectives: [
    {
      name: told.objective,
      of: told.of,
      bad: { class: ["unavailable"] },
      target: "95%",
      alerts: [
        alert("AtOnce", { above: "5%", within: "10m", minimum: 1 }),
        alert("Checklist", { above: "5%", within: "5m", for: "10m", minimum: 5 }),
        alert("Minute", { above: "33%", within: "1m", for: "2m", minimum: 2 }),
        alert("Any", { above: "0%", within: "7m", for: "1m", minimum: 3 }),
        alert("Fast", { burns: 6, long: "30m", short: "3m", minimum: 20 }),
        alert("Slow", { burns: 2, long: "2h", short: "10m", minimum: 5 }),
        alert("SlowFor", { burns: 1, long: "1h", short: "5m", minimum: 20, for: "5m" }),
      ],
    },
  ],
});
const limits = alertsOf(quick).map(({ limit }) => limit);

const upTo = (last: number): ReadonlyArray<number> => Array.from({ length: last + 1 }, (_, minute) => minute);

const agrees = (slo: SloFile, tests: ReadonlyArray<unknown>) => {
  const folder = folderOf({ "rules.json": bareRules(slo), "tests.json": testsOf("rules.json", tests) });
  return promtool(["test", "rules", join(folder, "tests.json")]);
};

describe("Prometheus and the alerts in the program fire at the same minutes", () => {
  it.each(Object.keys(kinds))("on traffic of the kind: %s", (kind) => {
    let fired = 0;
    const tests = upTo(5).map((place) => {
      const seed = 100 * Object.keys(kinds).indexOf(kind) + place;
      const next = chance(seed + 1);
      const minutes = 60 + Math.floor(next() * 180) + (place === 0 ? 240 : 0);
      const others = Object.keys(kinds);
      const other = others[Math.floor(next() * others.length)] ?? kind;
      const sources: ReadonlyArray<Source> = [
        { gateway: "livepeer-studio", pipeline: "text-to-image", minutes: streamOf(kind, minutes, seed, limits) },
        { gateway: "livepeer-cloud", pipeline: "text-to-image", minutes: streamOf(other, minutes, seed + 50, limits) },
      ];
      const firings = firingsOf(quick, told, sources, 1 + Math.floor(next() * 9));
      fired += firings.filter(({ gateway }) => gateway === "livepeer-studio").length;
      return promtoolTestOf(quick, told, sources, firings, upTo(minutes));
    });
    // Otherwise nothing has been compared.
    expect(fired).toBeGreaterThan(10);
    const { ok, text } = agrees(quick, tests);
    expect(ok, text).toBe(true);
  });

  it("over three days, by the default objectives", () => {
    const calls: Told = { objective: "availability", of: "calls", bad: "SLUICE-500-INFERENCE" };
    const hours = 75;
    // An hour in which everything fails; days without a failure; and at last one failure in 90 minutes.
    const minutes = upTo(60 * hours - 1).map((minute) => ({
      events: 1,
      bad: minute < 60 || (minute >= 60 * 66 && minute % 90 === 0) ? 1 : 0,
    }));
    const slo: SloFile = {
      ...defaultSlo,
      objectives: defaultSlo.objectives.filter(({ name }) => name === calls.objective),
    };
    const sources = [{ gateway: "livepeer-studio", pipeline: "upscale", minutes }];
    const firings = firingsOf(slo, calls, sources);
    // The second time it ends because the bad hour leaves the three days: 65 - 21 of 4320 are more than 1%, 65 - 22 are not.
    expect(
      firings.filter(({ alert }) => alert === "LivepeerErrorBudgetLeak").map(({ from, until }) => [from, until]),
    ).toEqual([
      [20, 417],
      [4231, 4342],
    ]);
    const turns = firings.flatMap(({ from, until }) => [from - 1, from, until - 1, until]);
    const asked = new Set([...turns, ...upTo(hours * 2).map((half) => half * 30)]);
    const { ok, text } = agrees(slo, [promtoolTestOf(slo, calls, sources, firings, [...asked])]);
    expect(ok, text).toBe(true);
  });

  it("and promtool would tell if they did not", () => {
    const sources = [{ gateway: "livepeer-studio", pipeline: "upscale", minutes: streamOf("outages", 120, 7, limits) }];
    const firings = firingsOf(quick, told, sources);
    const shifted = firings.map((one, place) => (place === 0 ? { ...one, from: one.from + 1 } : one));
    const test = (said: typeof firings) => agrees(quick, [promtoolTestOf(quick, told, sources, said, upTo(120))]).ok;
    expect([test(firings), test(shifted)]).toEqual([true, false]);
  });
});
