import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operationDurationBounds, prometheusContentType, Telemetry } from "../../src/index.ts";
import { story } from "../story.ts";
import { anyCall, eventsOf, type Told } from "../traffic.ts";

const textOf = (calls: ReadonlyArray<Told>, models: ReadonlyArray<string> = []): string => {
  const telemetry = new Telemetry({ models });
  for (const event of calls.flatMap(eventsOf)) telemetry.onEvent(event);
  return telemetry.prometheus();
};

const linesOf = (text: string, name: string): ReadonlyArray<string> =>
  text.split("\n").filter((line) => line.startsWith(`${name}{`));

const numberOf = (line: string): number => Number(line.split(" ").at(-1));

/** In one line: a type, a name in full, labels that are quoted, a number. */
const sample = /^[a-z_]+\{([a-z]+="(\\.|[^"\\\n])*"(,(?=[a-z])|(?=\})))+\} -?\d+(\.\d+)?(e-?\d+)?$/;

describe("Prometheus's text", () => {
  it("is nothing before the first call", () => {
    expect(textOf([])).toBe("");
    expect(prometheusContentType).toContain("version=0.0.4");
  });

  it("tells of a cold start: attempts and calls apart, seconds, dollars and units", () => {
    const telemetry = new Telemetry();
    for (const event of story) telemetry.onEvent(event);
    const labels = `gateway="livepeer-studio",pipeline="text-to-image",model="SG161222/RealVisXL_V4.0_Lightning"`;
    const text = telemetry.prometheus();
    for (const line of [
      "# TYPE livepeer_gateway_attempts_total counter",
      `livepeer_gateway_attempts_total{${labels},status="200",outcome="ok",class="ok"} 1`,
      `livepeer_gateway_attempts_total{${labels},status="503",outcome="SLUICE-503-COLD",class="unavailable"} 1`,
      `livepeer_gateway_operations_total{${labels},outcome="ok",class="ok"} 1`,
      "# TYPE gen_ai_client_operation_duration_seconds histogram",
      `gen_ai_client_operation_duration_seconds_bucket{${labels},start="cold",result="ok",le="40.96"} 0`,
      `gen_ai_client_operation_duration_seconds_bucket{${labels},start="cold",result="ok",le="81.92"} 1`,
      `gen_ai_client_operation_duration_seconds_bucket{${labels},start="cold",result="ok",le="327.68"} 1`,
      `gen_ai_client_operation_duration_seconds_bucket{${labels},start="cold",result="ok",le="+Inf"} 1`,
      `gen_ai_client_operation_duration_seconds_sum{${labels},start="cold",result="ok"} 44.4`,
      `livepeer_gateway_attempt_duration_seconds_count{${labels}} 2`,
      `livepeer_gateway_time_to_first_chunk_seconds_sum{${labels}} 0.4`,
      `livepeer_gateway_retries_total{${labels}} 1`,
      `livepeer_gateway_cold_starts_total{${labels}} 1`,
      `livepeer_gateway_waits_total{${labels},for="gate"} 1`,
      `livepeer_gateway_wait_seconds_total{${labels}} 41.5`,
      `livepeer_gateway_cost_usd_total{${labels}} 0.019922944`,
      `livepeer_gateway_unpriced_operations_total{${labels}} 0`,
      `livepeer_gateway_billing_units_total{${labels},unit="pixel"} 1048576`,
      `livepeer_gateway_inflight{pipeline="text-to-image"} 0`,
      `livepeer_slo_events_total{objective="unavailable",gateway="livepeer-studio",pipeline="text-to-image"} 2`,
      `livepeer_slo_bad_events_total{objective="unavailable",gateway="livepeer-studio",pipeline="text-to-image"} 1`,
      `livepeer_slo_bad_events_total{objective="server-errors",gateway="livepeer-studio",pipeline="text-to-image"} 0`,
    ]) {
      expect(text.split("\n")).toContain(line);
    }
  });

  it("writes an amount to its last digit, however large", () => {
    const cost = { units: 10n ** 20n, unit: "token", usd: "9007199254740993.000000001", charges: "usage" } as const;
    const text = textOf([{ cost }]);
    expect(text).toMatch(/livepeer_gateway_cost_usd_total\{.*\} 9007199254740993\.000000001\n/);
    expect(text).toMatch(/livepeer_gateway_billing_units_total\{.*\} 100000000000000000000\n/);
  });

  it("quotes what a model's name may hold", () => {
    const model = 'a"b\\c\nd';
    expect(linesOf(textOf([{ model }], [model]), "livepeer_gateway_retries_total")).toEqual([
      'livepeer_gateway_retries_total{gateway="livepeer-studio",pipeline="text-to-image",model="a\\"b\\\\c\\nd"} 0',
    ]);
  });

  it("has each metric once, with its help and its type, and each series once", () => {
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 12 }), (calls) => {
        const lines = textOf(calls)
          .trimEnd()
          .split("\n")
          .filter((line) => line !== "");
        const comments = lines
          .filter((line) => line.startsWith("#"))
          .map((line) => line.split(" ").slice(1, 3).join(" "));
        expect(new Set(comments).size).toBe(comments.length);
        const samples = lines.filter((line) => !line.startsWith("#"));
        for (const line of samples) expect(line).toMatch(sample);
        const series = samples.map((line) => line.slice(0, line.lastIndexOf(" ")));
        expect(new Set(series).size).toBe(series.length);
        for (const line of samples) {
          const name = line.slice(0, line.indexOf("{")).replace(/_(bucket|sum|count)$/, "");
          expect(
            comments.some((comment) => comment === `TYPE ${name}` || comment === `TYPE ${line.split("{")[0]}`),
          ).toBe(true);
        }
      }),
    );
  });

  it("has histograms that count just what is at most their bounds", () => {
    const edges = operationDurationBounds.flatMap((bound) => [bound * 1_000, bound * 1_000 + 0.001]);
    const any = fc.oneof(
      fc.constantFrom(...edges),
      fc.integer({ min: 1, max: 400_000_000 }).map((us) => us / 1_000),
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), (durations) => {
        const text = textOf(durations.map((ms) => ({ ms })));
        const buckets = linesOf(text, "gen_ai_client_operation_duration_seconds_bucket").map(numberOf);
        const bounds = [...operationDurationBounds.map((bound) => bound * 1_000), Infinity];
        expect(buckets).toEqual(bounds.map((bound) => durations.filter((ms) => ms <= bound).length));
      }),
    );
  });
});
