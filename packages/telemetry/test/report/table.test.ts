import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Telemetry } from "../../src/index.ts";
import { cost, story } from "../story.ts";
import { anyCall, eventsOf, noon, type Told } from "../traffic.ts";

const day = 24 * 3_600_000;

const telemetryOf = (calls: ReadonlyArray<Told>, now = noon + 60_000): Telemetry => {
  const telemetry = new Telemetry({ clock: { currentTimeMillisUnsafe: () => now } });
  for (const event of calls.flatMap(eventsOf)) telemetry.onEvent(event);
  return telemetry;
};

describe("the table", () => {
  it("says that there is nothing yet", () => {
    expect(telemetryOf([]).table()).toBe("No calls yet.");
  });

  it("tells of one cold start in a few lines", () => {
    const telemetry = new Telemetry({ clock: { currentTimeMillisUnsafe: () => 1_795_000_060_000 } });
    for (const event of story) telemetry.onEvent(event);
    expect(telemetry.table()).toBe(
      [
        "Calls to Livepeer gateways, 2026-11-18 11:06 to 2026-11-18 11:07 UTC",
        "",
        "text-to-image on livepeer-studio  SG161222/RealVisXL_V4.0_Lightning",
        "                 calls         p50         p95         p99",
        "  cold               1      44.4 s      44.4 s      44.4 s",
        "  1 call, 100% ok; $0.0199 for 1,048,576 pixels",
        "  2 attempts: 200 ×1, 503 ×1; 1 retry; 1 cold start",
        "  waited 41.5 s: for a cold model ×1",
      ].join("\n"),
    );
  });

  it("shows no price for what nobody knows the price of", () => {
    const unknown = { ...cost, usd: "unknown" };
    expect(telemetryOf([{ cost: unknown }]).table()).toContain(
      "  1 call, 100% ok; 1,048,576 pixels; 1 of unknown price",
    );
    expect(telemetryOf([{ cost: unknown }, {}]).table()).toContain(
      "  2 calls, 100% ok; $0.0199 for 2,097,152 pixels; 1 of unknown price",
    );
    expect(telemetryOf([{ cost: { ...cost, charges: "nothing" } }]).table()).toContain("1 free of charge");
  });

  it("begins with what is wrong now", () => {
    const failing = { attempts: [[500, "SLUICE-500-INFERENCE"]] } as const;
    const calls = Array.from({ length: 120 }, (_, at) => ({ ...failing, at: noon + at * 10_000 }));
    const [, first] = telemetryOf(calls, noon + 20 * 60_000)
      .table()
      .split("\n\n");
    expect(first).toMatch(
      /^FIRING LivepeerServerErrors since 2026-11-23 12:0\d\n {2}text-to-image on livepeer-studio\n {2}100% over /,
    );
  });

  it("has the percentiles of the window that it is asked for, and the busiest series first", () => {
    const early = Array.from({ length: 3 }, () => ({ at: noon - 2 * 3_600_000, pipeline: "llm" }));
    const table = telemetryOf([...early, { at: noon, ms: 7_000 }]).table("1h");
    expect(table.indexOf("llm on")).toBeLessThan(table.indexOf("text-to-image on"));
    expect(table).toContain(
      "  last 1h        calls         p50         p95         p99\n  warm               1      7.00 s",
    );
    expect(table.match(/ warm /g)).toHaveLength(1);
  });

  it("fits 80 columns, whatever the calls", () => {
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 1, maxLength: 20 }), (calls) => {
        const models = calls.map(({ model = "" }) => model);
        const telemetry = new Telemetry({ models, clock: { currentTimeMillisUnsafe: () => noon + day / 2 } });
        for (const event of calls.flatMap(eventsOf)) telemetry.onEvent(event);
        for (const line of telemetry.table().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
