import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AlertingRule,
  prometheusRules,
  type RecordingRule,
  type RuleGroup,
} from "../../src/export/prometheusRules.ts";
import { rulesOf } from "../../src/slo/Rule.ts";
import { SloFile } from "../../src/slo/SloFile.ts";

const ours = SloFile.parse(JSON.parse(readFileSync(new URL("../../src/slo/default.json", import.meta.url), "utf8")));

const recordingsOf = ({ rules }: RuleGroup) => rules.filter((rule): rule is RecordingRule => "record" in rule);
const alertsOf = ({ rules }: RuleGroup) => rules.filter((rule): rule is AlertingRule => "alert" in rule);

const alertNamed = (slo: SloFile, name: string) =>
  prometheusRules(slo)
    .groups.flatMap(alertsOf)
    .find(({ alert }) => alert === name);

const oneAlert = (settings: object): SloFile =>
  SloFile.parse({
    version: 1,
    objectives: [
      {
        name: "calls",
        of: "calls",
        bad: { class: ["unavailable"] },
        target: "99%",
        alerts: [{ name: "Bad", severity: "page", summary: "Bad.", minimum: 1, ...settings }],
      },
    ],
  });

const windows = fc.constantFrom("5m", "10m", "60m", "1h", "90m", "24h", "1d", "2d");
const alertSettings = fc.record({
  severity: fc.constantFrom("page", "ticket"),
  summary: fc.string({ minLength: 1 }),
  above: fc.constantFrom("0.000001%", "1%", "12.5%", "99%"),
  within: windows,
  minimum: fc.integer({ min: 1, max: 100 }),
});
const burnSettings = fc.record({
  severity: fc.constantFrom("page", "ticket"),
  summary: fc.string({ minLength: 1 }),
  burns: fc.constantFrom(0.3, 1, 6, 14.4),
  long: fc.constantFrom("24h", "1d", "2d"),
  short: fc.constantFrom("5m", "60m", "1h"),
  minimum: fc.integer({ min: 1, max: 100 }),
});

/** SLO files of one to three objectives, whose alerts may share windows. */
const sloFiles = fc
  .array(fc.array(fc.oneof(alertSettings, burnSettings), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((objectives) =>
    SloFile.parse({
      version: 1,
      objectives: objectives.map((alerts, at) => ({
        name: `objective-${at}`,
        of: "calls",
        bad: { class: ["unavailable"] },
        target: "99.9%",
        alerts: alerts.map((alert, place) => ({ ...alert, name: `Alert${at}N${place}` })),
      })),
    }),
  );

describe("the rules of an alert", () => {
  it("are three series a window and a condition, in words that Prometheus takes", () => {
    const [group] = prometheusRules(ours).groups;
    const of = '{objective="unavailable"}';
    expect(group).toEqual({
      name: "livepeer-slo-unavailable",
      interval: "1m",
      rules: [
        {
          record: "gateway_pipeline:livepeer_slo_events:increase5m",
          expr: `sum by (gateway, pipeline) (increase(livepeer_slo_events_total${of}[5m]))`,
          labels: { objective: "unavailable" },
        },
        {
          record: "gateway_pipeline:livepeer_slo_bad_events:increase5m",
          expr: `sum by (gateway, pipeline) (increase(livepeer_slo_bad_events_total${of}[5m]))`,
          labels: { objective: "unavailable" },
        },
        {
          record: "gateway_pipeline:livepeer_slo_bad_events_per_events:ratio_increase5m",
          expr: `gateway_pipeline:livepeer_slo_bad_events:increase5m${of} / gateway_pipeline:livepeer_slo_events:increase5m${of}`,
          labels: { objective: "unavailable" },
        },
        {
          alert: "LivepeerUnavailable",
          expr:
            `gateway_pipeline:livepeer_slo_bad_events_per_events:ratio_increase5m${of} > 0.05\n` +
            `and gateway_pipeline:livepeer_slo_events:increase5m${of} >= 5`,
          for: "10m",
          labels: { severity: "page" },
          annotations: {
            summary: "More than 5% of requests find no warm orchestrator, or no gateway at all.",
            description:
              "{{ $labels.gateway }}, {{ $labels.pipeline }}: {{ $value | humanizePercentage }} of attempts were bad in the last 5m. The limit is 5%.",
            runbook_url: "https://github.com/livepeer/sluice/blob/main/docs/runbooks/LivepeerUnavailable.md",
          },
        },
      ],
    });
  });

  it("ask for both windows of a burn rate, and for the events of the shorter one", () => {
    const alert = alertNamed(ours, "LivepeerErrorBudgetFastBurn");
    const of = '{objective="availability"}';
    const ratio = "gateway_pipeline:livepeer_slo_bad_events_per_events:ratio_increase";
    expect(alert?.expr.split("\nand ")).toEqual([
      `${ratio}1h${of} > 0.144`,
      `${ratio}5m${of} > 0.144`,
      `gateway_pipeline:livepeer_slo_events:increase5m${of} >= 20`,
    ]);
    expect(alert).not.toHaveProperty("for");
    expect(alert?.annotations["description"]).toMatch(
      /bad in the last 1h\. The limit is 14\.4%, and above 14\.4% in the last 5m too\.$/,
    );
  });

  it("leave out the page of an alert that has none", () => {
    expect(alertNamed(oneAlert({ above: "5%", within: "10m" }), "Bad")?.annotations).not.toHaveProperty("runbook_url");
  });

  it("write a window in its longest whole unit, and leave 90 minutes alone", () => {
    const series = (within: string) => recordingsOf(prometheusRules(oneAlert({ above: "5%", within })).groups[0]!)[0];
    expect(series("60m")).toEqual(series("1h"));
    expect(series("48h")?.record).toMatch(/:increase2d$/);
    expect(series("90m")?.expr).toContain("[90m]");
    expect(series("36h")?.expr).toContain("[36h]");
  });

  it("keep a summary from being taken for a template", () => {
    const summary = "A {{ model }} is {{{ cold.";
    const written = alertNamed(oneAlert({ above: "5%", within: "10m", summary }), "Bad")?.annotations["summary"] ?? "";
    // What Prometheus makes of it: the string in each action.
    expect(written.replace(/\{\{ "(.*?)" \}\}/g, "$1")).toBe(summary);
    expect(written.replace(/\{\{ ".*?" \}\}/g, "")).not.toContain("{{");
  });
});

describe("the rules of any SLO file", () => {
  it("record no series twice, and record what an alert reads before it, in its own group", () => {
    fc.assert(
      fc.property(sloFiles, (slo) => {
        const { groups } = prometheusRules(slo);
        const recorded = groups
          .flatMap(recordingsOf)
          .map(({ record, labels }) => `${record}${labels["objective"] ?? ""}`);
        expect(new Set(recorded).size).toBe(recorded.length);
        for (const group of groups) {
          const before = new Set<string>();
          for (const rule of group.rules) {
            for (const [name] of rule.expr.matchAll(/gateway_pipeline:[a-z_:0-9]+/g)) expect(before).toContain(name);
            if ("record" in rule) before.add(rule.record);
          }
        }
      }),
    );
  });

  it("have every alert once, each with every limit of its windows and its minimum", () => {
    fc.assert(
      fc.property(sloFiles, (slo) => {
        const alerts = prometheusRules(slo).groups.flatMap(alertsOf);
        expect(alerts.map(({ alert }) => alert)).toEqual(rulesOf(slo).map(({ name }) => name));
        for (const [at, rule] of rulesOf(slo).entries()) {
          const numbers = [...alerts[at]!.expr.matchAll(/ >=? (\S+)$/gm)].map(([, number]) => Number(number));
          expect(numbers).toEqual([...rule.windows.map(({ above }) => above), rule.minimum]);
        }
      }),
    );
  });

  it("are data: JSON says all of it", () => {
    fc.assert(
      fc.property(sloFiles, (slo) => {
        const rules = prometheusRules(slo);
        expect(JSON.parse(JSON.stringify(rules))).toStrictEqual(rules);
      }),
    );
  });
});
