import { defaultSlo, prometheusRules } from "@sluice/telemetry";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fetchNetwork } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";
import { serving } from "../serving.ts";

const ours = readFileSync(new URL("../../../../../ops/prometheus/rules.yaml", import.meta.url), "utf8");

const ruleFile = (expr: string, name = "Alert"): string =>
  `groups:\n  - name: gateway\n    rules:\n      - alert: ${name}\n        expr: ${JSON.stringify(expr)}\n        for: 10m\n`;

const share = (selected: string, limit: string): string =>
  `sum(rate(gateway_requests_total{${selected}}[5m])) / sum(rate(gateway_requests_total[5m])) > ${limit}`;

it.each(["examples/alerts.yml", "vendor/chart/rules.yaml", "docs/rules.yml"])("are not those of %s", async (file) => {
  const files = {
    [file]: ruleFile(share('status="503"', "0.05")),
    "docs/main.tf": 'resource "datadog_monitor" "a" {}',
  };
  expect(await verdictOf("O3", { files })).toMatchObject({
    status: "manual",
    evidence: "no alerting rules were found, and launch.toml names no Prometheus server",
  });
  const settings = { monitoring: { rules: [file] } };
  expect(await verdictOf("O3", { files, settings })).toMatchObject({ status: "pass" });
});

const inFile = (expr: string) => ({ files: { "alerts.yml": ruleFile(expr) } });

describe("the alerts, in files", () => {
  it("are both in Sluice's own rules", async () => {
    const files = { "ops/prometheus/rules.yaml": ours };
    for (const gateway of ["livepeer-studio", "https://gateway.example/v1"]) {
      const unavailable = await verdictOf("O3", { files, settings: { gateway } });
      expect(unavailable).toMatchObject({
        status: "pass",
        evidence: "LivepeerUnavailable, in ops/prometheus/rules.yaml: above 5 % for 10m",
        places: [{ file: "ops/prometheus/rules.yaml", message: "LivepeerUnavailable" }],
      });
      const line = unavailable.places?.[0]?.line ?? 0;
      expect(ours.split("\n")[line - 1]).toContain("alert: LivepeerUnavailable");
      const errors = await verdictOf("O4", { files, settings: { gateway } });
      expect(errors).toMatchObject({
        status: "pass",
        evidence: "LivepeerServerErrors, in ops/prometheus/rules.yaml: above 1 % for 10m",
      });
    }
  });

  it.each([
    ["O3", share('status="503"', "0.05")],
    ["O3", share('code=~"503"', "0.02")],
    ["O3", share("http_status='503'", "5 / 100")],
    ["O3", `100 * (${share('status="503"', "0").replace(" > 0", "")}) > 5`],
    ["O3", `0.05 < ${share('status="503"', "0").replace(" > 0", "")}`],
    ["O3", `(${share('class="unavailable"', "0.05")}) and on (pipeline) sum by (pipeline) (rate(x_total[5m])) >= 5`],
    ["O3", `sum(rate(x_total[5m])) >= 5 and on (pipeline) (${share('status="503"', "0.05")})`],
    ["O3", "job:gateway_503:ratio_rate5m > 0.05"],
    ["O4", share('status=~"5..",status!="503"', "0.01")],
    ["O4", share('status=~"500|502|504"', "0.01")],
    ["O4", share('outcome=~"SLUICE-500-.*"', "0.005")],
    [
      "O4",
      `(sum(rate(r_total{status=~"5.."}[5m])) - sum(rate(r_total{status="503"}[5m]))) / sum(rate(r_total[5m])) > 0.01`,
    ],
    [
      "O4",
      '# at most 1 %\nsum by (pipeline) (rate(r_total{status=~"50[024]"}[5m])) / ignoring (status) sum by (pipeline) (rate(r_total[5m])) > bool 0.01',
    ],
  ])("%s passes with %s", async (id, expr) => {
    expect(await verdictOf(id, inFile(expr))).toMatchObject({
      status: "pass",
      details: [expr.replace("\n", " ")],
      places: [{ file: "alerts.yml", line: 4 }],
    });
  });

  it.each([
    ["O3", share('status="503"', "0.1"), "above 10 % for 10m; the checklist asks for 5 %", "0.05"],
    ["O3", share('status="503"', "5"), "above 500 %", "0.05"],
    ["O4", share('status=~"5..",status!="503"', "0.02"), "above 2 % for 10m; the checklist asks for 1 %", "0.01"],
    ["O3", 'sum(rate(r_total{status="503"}[5m])) > 0.05', "it compares how many they are", "Divide"],
  ])("%s fails with %s", async (id, expr, said, fix) => {
    const verdict = await verdictOf(id, inFile(expr));
    expect(verdict.status).toBe("fail");
    expect(verdict.evidence).toContain(said);
    expect(verdict.fix).toContain(fix);
    expect(verdict.details).toEqual([expr]);
  });

  it.each([
    ["O4", share('status=~"5.."', "0.01")],
    ["O4", share('status!~"2.."', "0.01")],
    ["O4", '1 - sum(rate(r_total{status="200"}[5m])) / sum(rate(r_total[5m])) > 0.01'],
  ])("%s warns of %s, among which 503 is", async (id, expr) => {
    const verdict = await verdictOf(id, inFile(expr));
    expect(verdict.status).toBe("warn");
    expect(verdict.evidence).toContain("503 is among them");
    expect(verdict.fix).toContain('status!="503"');
  });

  it("warns that an alert on 503 alone never fires on Studio, which says 500", async () => {
    const given = inFile(share('status="503"', "0.05"));
    const verdict = await verdictOf("O3", { ...given, settings: { gateway: "livepeer-studio" } });
    expect(verdict.status).toBe("warn");
    expect(verdict.evidence).toContain("so it never fires");
    expect((await verdictOf("O3", { ...given, settings: { gateway: "https://own.example" } })).status).toBe("pass");
    const both = inFile(share('class="unavailable"', "0.05"));
    expect((await verdictOf("O3", { ...both, settings: { gateway: "livepeer-studio" } })).status).toBe("pass");
  });

  it("do not stand in for each other, and alerts about something else for neither", async () => {
    const files = {
      "cold.yml": ruleFile(share('status="503"', "0.05"), "Cold"),
      "slow.yaml": ruleFile("histogram_quantile(0.95, sum by (le) (rate(d_bucket[5m]))) > 10", "Slow"),
      "lost.yaml": ruleFile(share('status=~"4.."', "0.01"), "Refused"),
    };
    const verdict = await verdictOf("O4", { files });
    expect(verdict).toMatchObject({ status: "fail", evidence: "none of 3 alerts in 3 files is about it" });
    expect(verdict.fix).toContain('status!="503"');
    expect((await verdictOf("O3", { files })).evidence).toContain("Cold, in cold.yml");
  });

  it("go by the best of several", async () => {
    const files = {
      "a.yml": ruleFile(share('status="503"', "0.5"), "Lax"),
      "b.yml": ruleFile(share('status="503"', "0.05"), "Right"),
    };
    expect((await verdictOf("O3", { files })).evidence).toContain("Right, in b.yml");
  });

  it("are found in manifests, in ConfigMaps and in the files that launch.toml names alone", async () => {
    const rules = ruleFile(share('status="503"', "0.05"));
    const indented = rules.replace(/^/gm, "  ");
    const manifest = `kind: Service\n---\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n${indented}`;
    expect(await verdictOf("O3", { files: { "k8s/rules.yaml": manifest } })).toMatchObject({
      status: "pass",
      places: [{ file: "k8s/rules.yaml", line: 9 }],
    });
    const map = `kind: ConfigMap\ndata:\n  rules.yml: |\n${rules.replace(/^/gm, "    ")}`;
    expect(await verdictOf("O3", { files: { "k8s/map.yaml": map } })).toMatchObject({
      status: "pass",
      places: [{ file: "k8s/map.yaml" }],
    });
    const files = { "rules.yml": rules, "rules.json": JSON.stringify(prometheusRules(defaultSlo)), "none.yml": "" };
    const json = await verdictOf("O3", { files, settings: { monitoring: { rules: ["rules.json"] } } });
    expect(json.evidence).toContain("LivepeerUnavailable, in rules.json");
    const none = await verdictOf("O3", { files, settings: { monitoring: { rules: ["none.yml"] } } });
    expect(none).toMatchObject({ status: "fail", evidence: "none of 0 alerts in none.yml is about it" });
  });

  it("pass over what is no YAML, and what no expression can be read from", async () => {
    const files = {
      "helm.yaml": `{{- if .x }}\n${ruleFile("a > 1")}`,
      "odd.yml": ruleFile(")(} > 0.05 and {status= / > >"),
    };
    expect(await verdictOf("O3", { files })).toMatchObject({ status: "fail" });
  });
});

describe("the alerts, elsewhere", () => {
  it.each([
    ["Datadog", "main.tf", 'resource "datadog_monitor" "cold" {}'],
    ["CloudWatch", "stack.yaml", "Type: AWS::CloudWatch::Alarm"],
    ["Grafana", "alerts.tf", 'resource "grafana_rule_group" "g" {}'],
  ])("cannot be read where they are %s's", async (system, file, text) => {
    const verdict = await verdictOf("O3", { files: { [file]: text } });
    expect(verdict).toMatchObject({
      status: "manual",
      evidence: `alerts of ${system} in ${file}`,
      places: [{ file }],
      why: `the rules of ${system} are not Prometheus's, and are not read`,
    });
    expect(verdict.fix).toContain("sluice launch attest O3");
  });

  it("cannot be told of where there are none", async () => {
    const verdict = await verdictOf("O4", { files: { "app.yaml": "kind: Service\n" } });
    expect(verdict).toMatchObject({ status: "manual" });
    expect(verdict.fix).toContain("prometheus =");
  });

  const service = { gateways: [], timeoutMs: 300_000, limitsKeys: false, metrics: "" };
  const alerts = ["LivepeerUnavailable", "LivepeerServerErrors"];

  it.each(["O3", "O4"])("are a service's own: %s", async (id) => {
    const given = (webhooks: number, watched = alerts) => ({ service: { ...service, webhooks, alerts: watched } });
    expect(await verdictOf(id, given(2))).toMatchObject({
      status: "pass",
      evidence: expect.stringContaining("tells 2 webhooks") as string,
    });
    expect(await verdictOf(id, given(0))).toMatchObject({ status: "warn" });
    expect(await verdictOf(id, given(1, []))).toMatchObject({ status: "fail" });
    expect(await verdictOf(id, given(1, ["Ours"]))).toMatchObject({ status: "manual" });
  });
});

describe("the alerts, in a Prometheus server", () => {
  const alerting = { type: "alerting", duration: 600, health: "ok", state: "inactive", labels: {} };
  const query = share('status="503"', "0.05");
  const answer = (...rules: ReadonlyArray<unknown>) => ({
    text: JSON.stringify({ status: "success", data: { groups: [{ name: "g", rules }] } }),
  });
  const asking = async (served: Parameters<typeof serving>[0], files = {}) => {
    const prometheus = await serving(served);
    return {
      server: prometheus,
      verdict: await verdictOf("O3", { files, settings: { monitoring: { prometheus } }, network: fetchNetwork() }),
    };
  };

  it("pass when they are loaded and evaluated", async () => {
    const { verdict, server } = await asking({ "/api/v1/rules": answer({ ...alerting, name: "Cold", query }) });
    expect(verdict).toMatchObject({
      status: "pass",
      evidence: `Cold, loaded in ${server}: above 5 % for 600 s`,
      details: [query],
    });
  });

  it("are read through what is recorded", async () => {
    const { expr } = { expr: query.replace(" > 0.05", "") };
    const recorded = { type: "recording", name: "job:cold", query: expr, health: "ok", labels: { job: "g" } };
    const alert = { ...alerting, name: "Cold", query: 'job:cold{job="g"} > 0.05' };
    const { verdict } = await asking({ "/api/v1/rules": answer(recorded, alert) });
    expect(verdict.status).toBe("pass");
    const other = await asking({ "/api/v1/rules": answer(recorded, { ...alert, query: 'job:cold{job="h"} > 0.05' }) });
    expect(other.verdict.status).toBe("fail");
  });

  it("fail when they cannot be evaluated, and warn before they were", async () => {
    const broken = { ...alerting, name: "Cold", query, health: "err", lastError: "many-to-many\u0007matching" };
    const { verdict } = await asking({ "/api/v1/rules": answer(broken) });
    expect(verdict.status).toBe("fail");
    expect(verdict.evidence).toContain("it cannot be evaluated (many-to-many matching)");
    const young = await asking({ "/api/v1/rules": answer({ ...broken, health: "unknown" }) });
    expect(young.verdict.status).toBe("warn");
  });

  it("fail when they are in a file and not loaded", async () => {
    const { verdict, server } = await asking({ "/api/v1/rules": answer() }, { "rules.yml": ruleFile(query) });
    expect(verdict).toMatchObject({ status: "fail", evidence: `none of 0 alerts in ${server} is about it` });
  });

  it("fail when the server cannot be reached, or is another", async () => {
    const { verdict } = await asking({ "/api/v1/rules": { text: "<html>" } });
    expect(verdict.evidence).toContain("answers 200, and lists no rules");
    const settings = { monitoring: { prometheus: "http://127.0.0.1:1" } };
    const closed = await verdictOf("O3", { settings, network: fetchNetwork() });
    expect(closed.status).toBe("fail");
    expect(closed.evidence).toContain("cannot be reached");
  });

  it("cannot be told of when it asks for credentials, or may not be asked", async () => {
    const { verdict } = await asking({ "/api/v1/rules": { status: 401 } });
    expect(verdict.status).toBe("manual");
    const settings = { monitoring: { prometheus: "http://127.0.0.1:1" } };
    expect(await verdictOf("O3", { settings })).toMatchObject({
      status: "manual",
      evidence: "http://127.0.0.1:1 was not asked",
    });
  });
});
