import { Telemetry } from "@sluice/telemetry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMetrics, type Sample } from "../../../src/checks/monitoring/metrics/parseMetrics.ts";

const anyName = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/);
const anyLabel = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/);
/** Also what looks like the end of a label, or of them all. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', "\\", "\n", "{", "}", ",", "=", " ", "#", "n") }),
  fc.string(),
);
const anyValue = fc.oneof(
  fc.double().filter((one) => !Object.is(one, -0)),
  fc.integer(),
  fc.constantFrom(Infinity, -Infinity, NaN),
);
const anySample: fc.Arbitrary<Sample> = fc.record({
  name: anyName,
  labels: fc
    .uniqueArray(fc.tuple(anyLabel, anyText), { selector: ([name]) => name, maxLength: 4 })
    .map((all) => new Map(all)),
  value: anyValue,
});

const valueText = (value: number): string =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
const labelText = (text: string): string => text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');

interface Style {
  readonly gap: string;
  readonly comma: string;
  readonly end: string;
}

const anyStyle: fc.Arbitrary<Style> = fc.record({
  gap: fc.constantFrom("", " ", "\t"),
  comma: fc.constantFrom("", ","),
  end: fc.constantFrom("", " 1795000000000", ' # {trace_id="a"} 1 2.5', "  "),
});

const lineOf = ({ name, labels, value }: Sample, { gap, comma, end }: Style): string => {
  const told = [...labels].map(([label, text]) => `${gap}${label}${gap}=${gap}"${labelText(text)}"${gap}`).join(",");
  const all = labels.size === 0 ? "" : `{${told}${comma}}`;
  return `${name}${all}${all === "" ? " " : gap}${all === "" ? gap : ""} ${valueText(value)}${end}`;
};

describe("Prometheus's text", () => {
  it("is read back as it was written, whatever its labels hold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anySample, anyStyle), { maxLength: 6 }), (written) => {
        const text = written.map(([sample, style]) => `${lineOf(sample, style)}\n`).join("# HELP x y\n\n");
        const read = parseMetrics(text);
        expect(read).toEqual({ ok: true, samples: written.map(([sample]) => sample), types: new Map() });
      }),
    );
  });

  it("never throws, and never takes long", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "{", "}", "=", '"', ",", "\\", " ", "1", "\n", "#"), maxLength: 200 }),
        (text) => {
          expect([true, false]).toContain(parseMetrics(text).ok);
        },
      ),
    );
    expect(parseMetrics(`a{${'b="\\\\",'.repeat(20_000)}`).ok).toBe(false);
  });

  it("is what @sluice/telemetry shows", () => {
    const telemetry = new Telemetry();
    const asked = { gateway: "acme", pipeline: "llm", model: "acme/own", requestId: "req_1", at: 1_795_000_000_000 };
    telemetry.onEvent({ ...asked, type: "call-started", timeoutMs: 300_000 });
    telemetry.onEvent({ ...asked, type: "attempt-started", attempt: 1 });
    telemetry.onEvent({ ...asked, type: "attempt-ended", attempt: 1, status: 200, outcome: "ok", ms: 100 });
    const read = parseMetrics(telemetry.prometheus());
    expect(read.ok && read.samples.length > 10).toBe(true);
    expect(read.ok && read.types.get("livepeer_gateway_attempts_total")).toBe("counter");
  });

  it.each([
    ["a 1\n<html>\n", 2, "is no sample"],
    ["a\n", 1, "is no sample"],
    ["a{b=c} 1\n", 1, "the labels of a cannot be read"],
    ['a{b="c" d="e"} 1\n', 1, "the labels of a cannot be read"],
    ['a{b="c",b="d"} 1\n', 1, "the labels of a cannot be read"],
    ['a{b="\\x"} 1\n', 1, "the labels of a cannot be read"],
    ["a one\n", 1, "the value of a is no number"],
    ["a 0x10\n", 1, "the value of a is no number"],
    ["1a 1\n", 1, "is no sample"],
    ["# TYPE a counter\n# TYPE a gauge\n", 2, "a has two types"],
  ])("refuses %j", (text, line, problem) => {
    expect(parseMetrics(text)).toEqual({ ok: false, line, problem });
  });
});
