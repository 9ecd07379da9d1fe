import { defaultSlo, prometheusRules } from "@sluice/telemetry";
import { describe, expect, it } from "vitest";
import { exposed, seriesOf } from "../src/exposed.ts";
import { namesIn, strangersIn } from "../src/promql.ts";

const known = seriesOf(defaultSlo);

describe("the names in a query", () => {
  it("are its series and its labels, and no function, word, value or variable", () => {
    const { series, labels } = namesIn(
      'histogram_quantile(0.95, sum by (le, start) (rate(a_bucket{gateway=~"$gateway",x!="by (b)"}[$__range]))) > bool 1e3 and on (start) group:b:c{} offset 5m',
    );
    expect([...series]).toEqual(["a_bucket", "group:b:c"]);
    expect([...labels]).toEqual(["le", "start", "gateway", "x"]);
  });

  it("are found on either side of an operator", () => {
    expect([...namesIn("sum(a) by (x) / count(b)").series]).toEqual(["a", "b"]);
  });
});

describe("a query's strangers", () => {
  it("are series that nobody exposes, and labels that a series lacks", () => {
    expect(strangersIn("sum by (model) (livepeer_gateway_inflight)", known)).toEqual([
      "livepeer_gateway_inflight has no label model",
    ]);
    expect(strangersIn("rate(livepeer_gateway_attempts[5m])", known)).toEqual([
      "nobody exposes livepeer_gateway_attempts",
    ]);
    expect(strangersIn('livepeer_gateway_waits_total{for="gate"}', known)).toEqual([]);
  });

  it("are none only where something is asked for", () => {
    expect(strangersIn("vector(0)", known)).toHaveLength(1);
  });

  it("are in no rule", () => {
    const rules = prometheusRules(defaultSlo).groups.flatMap(({ rules }) => rules);
    expect(rules.flatMap(({ expr }) => strangersIn(expr, known))).toEqual([]);
  });
});

it("the label le is a histogram's buckets' alone", () => {
  for (const [name, labels] of known) {
    const histogram = exposed[name.replace(/_bucket$/, "")]?.type === "histogram";
    expect(labels.includes("le"), name).toBe(name.endsWith("_bucket") && histogram);
  }
});
