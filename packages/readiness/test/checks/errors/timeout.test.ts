import { describe, expect, it } from "vitest";
import type { ScenarioResult } from "../../../src/drill/DrillReport.ts";
import { type Given, verdictOf } from "../../subject.ts";
import { evidenceOf, expiresAt, requestsAt, scenario, service } from "./drill.ts";

const nginx = (timeout: string) => ({
  "nginx.conf": `http {\n  server {\n    location / {\n      proxy_pass http://app;\n${timeout}    }\n  }\n}\n`,
});
const patient = nginx("      proxy_read_timeout 5m;\n");

const verdict = (given: Given) => verdictOf("E5", given);

it("passes when the application and what stands in the way wait long enough", async () => {
  expect(await verdict({ files: patient, settings: { timeout_seconds: 300 } })).toEqual({
    status: "pass",
    evidence: "the application, says launch.toml, waits 300 s; nginx: proxy_read_timeout 5m (nginx.conf:5)",
  });
});

it("passes with proxies that launch.toml names", async () => {
  const settings = { timeout_seconds: 400, proxies: [{ name: "our CDN", timeout_seconds: 310 }] };
  expect(await verdict({ files: {}, settings })).toMatchObject({ status: "pass" });
});

describe("it fails", () => {
  it("when a proxy has the usual timeout, at its line, with the line to write", async () => {
    expect(await verdict({ files: nginx(""), settings: { timeout_seconds: 300 } })).toEqual({
      status: "fail",
      evidence: "nginx: no proxy_read_timeout, so 60 s (nginx.conf:4)",
      fix: "nginx.conf:4: proxy_read_timeout 300s;",
      places: [{ file: "nginx.conf", line: 4, message: "nginx: no proxy_read_timeout, so 60 s" }],
    });
  });

  it("when a proxy is too short, though nothing is known of the application", async () => {
    const files = nginx("      proxy_read_timeout 299s;\n");
    expect(await verdict({ files })).toMatchObject({ status: "fail", fix: "nginx.conf:5: proxy_read_timeout 300s;" });
  });

  it("when launch.toml names a proxy that is too short", async () => {
    const settings = { timeout_seconds: 300, proxies: [{ name: "our CDN", timeout_seconds: 100 }] };
    expect(await verdict({ files: patient, settings })).toMatchObject({
      status: "fail",
      evidence: "our CDN: timeout_seconds = 100 (launch.toml)",
      fix: "Give our CDN 300 s where it is configured, then in launch.toml",
      details: ["our CDN: timeout_seconds = 100 (launch.toml)", "nginx: proxy_read_timeout 5m (nginx.conf:5)"],
    });
  });

  it("when the application gives up too soon", async () => {
    expect(await verdict({ files: patient, settings: { timeout_seconds: 60 } })).toMatchObject({
      status: "fail",
      evidence: "the application, says launch.toml, waits 60 s",
      fix: expect.stringContaining("300 s") as string,
    });
  });
});

describe("it cannot tell", () => {
  it("what stands in the way when nothing says so", async () => {
    expect(await verdict({ files: {}, settings: { timeout_seconds: 300 } })).toMatchObject({
      status: "manual",
      why: "proxies, load balancers and CDNs are configured outside the repository",
      fix: expect.stringContaining("sluice launch attest E5") as string,
    });
  });

  it("how long the application waits when nothing says so", async () => {
    expect(await verdict({ files: patient })).toMatchObject({
      status: "manual",
      evidence: "nothing says how long the application waits",
      fix: expect.stringContaining("timeout_seconds = 300") as string,
    });
  });
});

describe("one that may not matter is warned of", () => {
  const settings = { timeout_seconds: 300 };

  it("a function, beside one that has the time", async () => {
    const functions = { "api/image.ts": { maxDuration: 300 }, "api/health.ts": { maxDuration: 10 } };
    expect(await verdict({ files: { "vercel.json": JSON.stringify({ functions }, null, 2) }, settings })).toMatchObject(
      {
        status: "warn",
        places: [{ file: "vercel.json", line: 7 }],
      },
    );
  });

  it("but fails when no function has the time", async () => {
    const files = { "vercel.json": JSON.stringify({ functions: { "api/*.ts": { maxDuration: 60 } } }) };
    expect(await verdict({ files, settings })).toMatchObject({ status: "fail" });
  });

  it("a Procfile, which need not be Heroku's", async () => {
    const files = { Procfile: "web: node index.js\n" };
    expect(await verdict({ files, settings })).toMatchObject({
      status: "warn",
      evidence: expect.stringContaining("if Heroku runs it") as string,
    });
    expect(await verdict({ files: { ...files, "heroku.yml": "build: {}\n" }, settings })).toMatchObject({
      status: "fail",
    });
  });
});

describe("the drill", () => {
  const waited = (
    id: "silence" | "cold-hold" | "slow-first-byte",
    seconds: number,
    given: Partial<ScenarioResult> = {},
  ) => scenario(id, { requests: requestsAt(500), exit: { code: 1, signal: null, seconds: seconds + 0.5 }, ...given });
  const judged = (result: ScenarioResult, settings: Given["settings"] = {}) =>
    verdict({ files: patient, settings, evidence: evidenceOf([result]) });

  it("proves it with silence", async () => {
    expect(await judged(waited("silence", 300))).toMatchObject({
      status: "pass",
      evidence: expect.stringMatching(/^drill: the application waited 300 s for an answer; nginx/) as string,
      expiresAt,
    });
  });

  it("outweighs what launch.toml says", async () => {
    expect(await judged(waited("silence", 60), { timeout_seconds: 300 })).toMatchObject({
      status: "fail",
      evidence: "drill, silence: it gave up after 60 s",
      expiresAt,
    });
  });

  it("finds a program that never gives up", async () => {
    const open = { ms: 500, path: "/", status: null, end: "open" } as const;
    const never = waited("silence", 400, { verdict: "wrong", change: "Set a timeout.", requests: [open] });
    expect(await judged(never)).toMatchObject({ status: "fail", fix: "Set a timeout." });
  });

  it("learns nothing of a program that a short drill had to end", async () => {
    const ended = { code: null, signal: "SIGTERM", seconds: 82.5 };
    const killed = waited("silence", 82, { verdict: "wrong", exit: ended });
    expect(await judged(killed, { timeout_seconds: 300 })).toMatchObject({ status: "pass" });
  });

  it.each(["cold-hold", "slow-first-byte"] as const)("proves with %s only as long as it took", async (id) => {
    expect(await judged(waited(id, 20))).toMatchObject({
      status: "manual",
      evidence: "the drill saw the application wait for 20 s; nothing in it took longer",
    });
    expect(await judged(waited(id, 20), { timeout_seconds: 300 })).toMatchObject({ status: "pass" });
  });

  it.each(["cold-hold", "slow-first-byte"] as const)("fails with %s when the program gave up", async (id) => {
    const gaveUp = waited(id, 10, { verdict: "wrong", seen: "1 request", wrong: "it gave up", change: "Wait 300 s." });
    expect(await judged(gaveUp, { timeout_seconds: 300 })).toMatchObject({
      status: "fail",
      evidence: `drill, ${id}: 1 request: it gave up`,
      fix: "Wait 300 s.",
    });
  });
});

describe("a service", () => {
  it("waits as long as it is told", async () => {
    const settings = { proxies: [{ name: "the load balancer", timeout_seconds: 300 }] };
    expect(await verdict({ service, settings })).toMatchObject({ status: "pass" });
    expect(await verdict({ service: { ...service, timeoutMs: 60_000 }, settings })).toMatchObject({
      status: "fail",
      evidence: "the service waits 60 s",
    });
  });

  it("knows nothing of what stands in front of it", async () => {
    expect(await verdict({ service })).toMatchObject({ status: "manual" });
  });
});
