import { Telemetry } from "@sluice/telemetry";
import { describe, expect, it } from "vitest";
import { fetchNetwork } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";
import { serving } from "../serving.ts";

const inFile = (text: string) => ({
  files: { "metrics.txt": text },
  settings: { monitoring: { metrics: "metrics.txt" } },
});

const histogram = (name: string, labels: string, ...bounds: ReadonlyArray<number | string>): string =>
  bounds.map((bound) => `${name}_bucket{${labels}le="${bound}"} 1\n`).join("");

const summary = (pipeline: string, ...quantiles: ReadonlyArray<number>): string =>
  quantiles.map((one) => `call_duration_seconds{pipeline="${pipeline}",quantile="${one}"} 1.5\n`).join("");

describe("O2", () => {
  it("passes with what a program with @sluice/telemetry shows", async () => {
    const telemetry = new Telemetry();
    const asked = { gateway: "acme", pipeline: "llm", model: "acme/own", requestId: "req_1", at: 1_795_000_000_000 };
    telemetry.onEvent({ ...asked, type: "call-started", timeoutMs: 300_000 });
    const ended = { outcome: "ok", ms: 900, attempts: 1, statuses: [200], coldStart: false, waitedMs: 0 };
    telemetry.onEvent({ ...asked, type: "call-ended", ...ended });
    const metrics = `${await serving({ "/metrics": { text: telemetry.prometheus() } })}/metrics`;
    const given = { settings: { monitoring: { metrics } }, network: fetchNetwork() };
    expect(await verdictOf("O2", given)).toEqual({
      status: "pass",
      evidence: `${metrics}: gen_ai_client_operation_duration_seconds, a histogram of llm with buckets to 327.68 s`,
    });
  });

  it("passes with a histogram in milliseconds, whose last bucket is 300 s", async () => {
    const text = histogram("call_latency_ms", 'pipeline="llm",', 1_000, 300_000, "+Inf");
    expect(await verdictOf("O2", inFile(text))).toMatchObject({ status: "pass" });
  });

  it("warns of buckets that end before a cold start does", async () => {
    const inMs = histogram("call_latency_ms", 'pipeline="llm",', 1_000, 81_920, "+Inf");
    expect((await verdictOf("O2", inFile(inMs))).status).toBe("warn");
    const text = histogram("call_latency_seconds", 'pipeline="llm",', 1, 81.92, "+Inf");
    const verdict = await verdictOf("O2", inFile(text));
    expect(verdict.status).toBe("warn");
    expect(verdict.evidence).toContain("buckets to 81.92 s, so that a cold start is off the scale");
    expect(verdict.fix).toContain("300 s");
  });

  it("passes with a summary of the three, and fails where a pipeline lacks one", async () => {
    const all = summary("llm", 0.5, 0.95, 0.99);
    expect(await verdictOf("O2", inFile(all))).toMatchObject({ status: "pass" });
    const verdict = await verdictOf("O2", inFile(all + summary("upscale", 0.5, 0.9)));
    expect(verdict.status).toBe("fail");
    expect(verdict.evidence).toContain("a summary of llm, upscale, lacks p95, p99");
  });

  it.each([
    ["has no label pipeline", histogram("http_request_duration_seconds", "", 1, 500, "+Inf")],
    ["has no buckets", histogram("call_duration_seconds", 'pipeline="llm",', "+Inf")],
    ["has no histogram and no summary", 'calls_total{pipeline="llm"} 3\n'],
    ["has no histogram and no summary", 'go_gc_duration_seconds{quantile="0.5"} 3\n'],
    ["is not Prometheus's text: line 1", "<html>\n"],
  ])("fails with what %s", async (said, text) => {
    const verdict = await verdictOf("O2", inFile(text));
    expect(verdict.status).toBe("fail");
    expect(verdict.evidence).toContain(said);
    expect(verdict.fix).toBeDefined();
  });

  it("goes by the best of several", async () => {
    const text =
      histogram("other_duration_seconds", "", 1) + histogram("call_duration_seconds", 'pipeline="llm",', 400);
    expect((await verdictOf("O2", inFile(text))).evidence).toContain("call_duration_seconds");
  });
});

describe("O2, where metrics cannot be read", () => {
  const asking = (metrics: string) => ({ settings: { monitoring: { metrics } }, network: fetchNetwork() });

  it("fails when they are not there", async () => {
    const server = await serving({});
    expect(await verdictOf("O2", asking(`${server}/metrics`))).toMatchObject({
      status: "fail",
      evidence: `${server}/metrics answers 404`,
    });
    const closed = await verdictOf("O2", asking("http://127.0.0.1:1/metrics?token=secret"));
    expect(closed.status).toBe("fail");
    expect(closed.evidence).toMatch(/^http:\/\/127\.0\.0\.1:1\/metrics cannot be reached \(.+\)$/);
    expect(JSON.stringify(closed)).not.toContain("secret");
    const file = await verdictOf("O2", { files: {}, settings: { monitoring: { metrics: "metrics.txt" } } });
    expect(file).toMatchObject({ status: "fail", evidence: "metrics.txt is not there" });
  });

  it("cannot tell when it may not ask, when credentials are asked for, and before the first call", async () => {
    const server = await serving({ "/private": { status: 401 }, "/new": { text: "# nothing yet\n" } });
    const unasked = await verdictOf("O2", { settings: { monitoring: { metrics: `${server}/new` } } });
    expect(unasked).toMatchObject({ status: "manual", evidence: `${server}/new was not asked` });
    expect(await verdictOf("O2", asking(`${server}/private`))).toMatchObject({ status: "manual" });
    const early = await verdictOf("O2", asking(`${server}/new`));
    expect(early).toMatchObject({ status: "manual", why: "figures appear with the first call" });
  });

  it("cannot tell where nobody says where they are", async () => {
    const verdict = await verdictOf("O2", { files: {} });
    expect(verdict).toMatchObject({ status: "manual", evidence: "launch.toml names no metrics" });
    expect(verdict.fix).toContain("metrics =");
  });
});
