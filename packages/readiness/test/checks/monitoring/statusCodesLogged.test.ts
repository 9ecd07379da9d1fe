import { describe, expect, it } from "vitest";
import { fetchNetwork } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";
import { call, minutes } from "../models/calls.ts";
import { serving } from "../serving.ts";

const service = { gateways: [], timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "", alerts: [] };
const counted =
  'livepeer_gateway_attempts_total{pipeline="llm",status="200"} 7\nlivepeer_gateway_attempts_total{status="503"} 2\n';

describe("O1, by a log", () => {
  const monitoring = { log: "logs/calls.ndjson" };
  const withLog = (...lines: ReadonlyArray<unknown>) => ({
    files: { "logs/calls.ndjson": lines.map((line) => `${JSON.stringify(line)}\n`).join("") },
    settings: { monitoring },
  });

  it("passes with the statuses that are in it", async () => {
    const verdict = await verdictOf("O1", withLog({ msg: "start" }, { statuses: [503, 200] }, { statusCode: 422 }));
    expect(verdict).toMatchObject({
      status: "pass",
      evidence: "logs/calls.ndjson: 2 of 3 lines have a status (200, 422, 503)",
      places: [{ file: "logs/calls.ndjson" }],
    });
    expect(verdict.seenAt).toBeGreaterThan(0);
  });

  it.each([{ status: 200 }, { status: "503" }, { status_code: 401 }, { res: { statusCode: 429 } }])(
    "knows %j",
    async (line) => {
      expect((await verdictOf("O1", withLog(line))).status).toBe("pass");
    },
  );

  it.each([{ status: "ok" }, { status: 7 }, { code: "x" }, [200], 200])("takes no status from %j", async (line) => {
    const verdict = await verdictOf("O1", withLog(line, { msg: "x" }));
    expect(verdict.status).toBe("fail");
    expect(verdict.evidence).toMatch(/none of \d lines of JSON has a status/);
    expect(verdict.fix).toContain("logCalls");
  });

  it("fails when it is not there", async () => {
    const verdict = await verdictOf("O1", { files: {}, settings: { monitoring } });
    expect(verdict).toMatchObject({ status: "fail", evidence: "logs/calls.ndjson is not there" });
  });

  it("reads the end of one that is long", async () => {
    const long = `${"x".repeat(1023)}\n`.repeat(5 * 1024);
    const files = { "logs/calls.ndjson": `${long}{"status":200}\n` };
    expect((await verdictOf("O1", { files, settings: { monitoring } })).status).toBe("pass");
  });
});

describe("O1, by metrics", () => {
  it("passes with a counter by status, from a server, a file or a service", async () => {
    const metrics = `${await serving({ "/metrics": { text: counted } })}/metrics`;
    const asked = await verdictOf("O1", { settings: { monitoring: { metrics } }, network: fetchNetwork() });
    expect(asked).toEqual({
      status: "pass",
      evidence: `${metrics}: livepeer_gateway_attempts_total by status (200, 503)`,
    });
    const file = { files: { "metrics.txt": counted }, settings: { monitoring: { metrics: "metrics.txt" } } };
    expect((await verdictOf("O1", file)).evidence).toContain("metrics.txt: livepeer_gateway_attempts_total");
    const own = await verdictOf("O1", { service: { ...service, metrics: counted } });
    expect(own.evidence).toContain("the service's /metrics: livepeer_gateway_attempts_total");
  });

  it.each([
    ["counted nothing", 'requests_total{status="200"} 0\n'],
    ["has no status", 'requests_total{pipeline="llm"} 7\n'],
    ["counts scrapes", 'promhttp_metric_handler_requests_total{code="200"} 7\n'],
    ["is a gauge", 'temperature{code="200"} 7\n'],
  ])("fails when what is there %s", async (_, text) => {
    const given = { files: { "metrics.txt": text }, settings: { monitoring: { metrics: "metrics.txt" } } };
    const verdict = await verdictOf("O1", given);
    expect(verdict).toMatchObject({
      status: "fail",
      evidence: "metrics.txt has no counter with a status that counted anything",
    });
    expect(verdict.fix).toContain("livepeer_gateway_attempts_total");
  });
});

describe("O1, without a log and metrics", () => {
  it("cannot tell, and Sluice's own commands on this machine prove nothing of the application", async () => {
    const calls = [call({ agoMs: minutes(9), statuses: [503, 200] }), call({ agoMs: minutes(2) })];
    const verdict = await verdictOf("O1", { files: {}, calls: [...calls, call({ gateway: "emulator" })] });
    expect(verdict).toMatchObject({
      status: "manual",
      evidence:
        "launch.toml names no log and no metrics; Sluice's history has the statuses of 3 requests of its own commands",
      why: "what the application logs is kept where it runs",
    });
    expect(verdict.fix).toContain("[monitoring]");
    expect((await verdictOf("O1")).evidence).toBe("launch.toml names no log and no metrics");
  });
});
