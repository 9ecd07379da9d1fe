import { startEmulator } from "@sluice/emulator";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { image, keepCalls, prompt, stateIn } from "./callsMade.ts";
import { temporaryFolder } from "./folder.ts";
import { eventsOf, resultOf, sluice } from "./sluice.ts";
import { startService } from "./service.ts";
import { large, onTerminal, small } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-stats-"));
const env = stateIn(folder);

/** Two images, one of them at the second attempt; one call that is refused; one transcript too few. */
beforeAll(async () => {
  await keepCalls(folder, { faults: [{ kind: "unavailable", times: 1 }] }, async (gateway) => {
    await image(gateway);
    await image(gateway);
  });
  await keepCalls(folder, { faults: [{ kind: "unauthorized" }] }, async (gateway) => {
    await image(gateway).catch(() => undefined);
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("sluice stats", () => {
  it("tells each pipeline at each gateway: calls, latency, answers, retries and cost, then the alerts", async () => {
    const { code, stdout, stderr } = await sluice(["stats", "--since", "1h"], env);
    const [period = "", head = "", first = "", second = "", alerts = ""] = stdout.split("\n");
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.match(period, /^\d{4}-\d\d-\d\d .* UTC$/);
    assert.match(head, /^PIPELINE +GATEWAY +CALLS +OK% +p50 +p95 +p99 +200 +401 +422 +429 +500 +503 +RETRIES +COST$/);
    assert.match(
      first,
      /^text-to-image +http:\/\/127\.0\.0\.1:\d+ +2 +100 +\S+ m?s +\S+ m?s +\S+ m?s +2 +0 +0 +0 +0 +1 +1 +\$0\.0002$/,
    );
    assert.match(
      second,
      /^text-to-image +http:\/\/127\.0\.0\.1:\d+ +1 +0\.0 +– +– +– +0 +1 +0 +0 +0 +0 +0 +\$0\.0000$/,
    );
    assert.match(alerts, /^alerts {2}/);
  });

  it("stands the same on a terminal, in colour, and a row for each model when asked", async () => {
    const wide = await onTerminal(["stats", "--models"], env, large);
    assert.strictEqual(wide.code, 0);
    assert.include(wide.raw, "\u001B[1mPIPELINE");
    assert.include(wide.text, "SG161222/RealVisXL_V4.0_Lightning");
    const narrow = await onTerminal(["stats"], env, small);
    assert.strictEqual(narrow.code, 0);
    assert.match(narrow.text, /^PIPELINE .* ANSWERS +COST$/m);
    assert.match(narrow.text, / 200×2 503×1 +\$0\.0002$/m);
  });

  it("is a report for programs, as @sluice/telemetry makes it", async () => {
    const ended = await sluice(["stats", "summary", "--json"], env);
    const { report, source } = resultOf(ended) as {
      readonly report: { readonly pipelines: unknown };
      readonly source: string;
    };
    assert.strictEqual(source, "history");
    assert.nestedPropertyVal(report, "pipelines[0].calls.total", 3);
    assert.nestedPropertyVal(report, "pipelines[0].cost.usd", "0.000155648");
    assert.strictEqual(ended.stderr, "");
  });

  it("without a call says which commands make some, and ends well", async () => {
    using empty = temporaryFolder();
    const [stats, errors, json] = await Promise.all([
      sluice(["stats"], stateIn(empty.path)),
      sluice(["stats", "errors"], stateIn(empty.path)),
      sluice(["stats", "--json"], stateIn(empty.path)),
    ]);
    for (const { code, stdout, stderr } of [stats, errors]) {
      assert.strictEqual(code, 0);
      assert.strictEqual(stdout, "");
      assert.include(stderr, "sluice generate text-to-image");
    }
    assert.deepInclude(resultOf(json), { ok: true, source: "history" });
    assert.include((await onTerminal(["stats", "tail"], stateIn(empty.path))).text, "These produce some:");
  });

  it("looks back no further than it is told", async () => {
    const { stdout, stderr } = await sluice(["stats", "--since", "1ms"], env);
    assert.notInclude(stdout, "text-to-image");
    assert.include(stderr, "No calls");
    const wrong = await sluice(["stats", "--since", "yesterday"], env);
    assert.strictEqual(wrong.code, 2);
    assert.include(wrong.stderr, "24h");
  });
});

describe("sluice stats errors", () => {
  it("counts calls and attempts by code, also those that a retry made good", async () => {
    const { code, stdout, stderr } = await sluice(["stats", "errors"], env);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^SLUICE-401-UNAUTHORIZED +1 +1 +text-to-image +The API key is not accepted$/m);
    assert.match(stdout, /^SLUICE-503-COLD +0 +1 +text-to-image +The model is cold$/m);
    assert.include(stderr, "sluice errors SLUICE-401-UNAUTHORIZED");
    assert.deepInclude(resultOf(await sluice(["stats", "errors", "--json"], env)), { calls: 3, ok: true });
  });
});

describe("sluice stats slowest, tail and export", () => {
  it("begins with the slowest call, whose wait is told", async () => {
    const { calls } = resultOf(await sluice(["stats", "slowest", "-c", "2", "--json"], env)) as {
      readonly calls: ReadonlyArray<{ readonly ms: number; readonly waitedMs: number; readonly statuses: unknown }>;
    };
    assert.lengthOf(calls, 2);
    assert.deepInclude(calls[0], { statuses: [503, 200] });
    assert.isAbove(calls[0]?.waitedMs ?? 0, 0);
    assert.isAtLeast(calls[0]?.ms ?? 0, calls[1]?.ms ?? 0);
  });

  it("ends with the newest", async () => {
    const { stdout } = await sluice(["stats", "tail", "--count", "1"], env);
    assert.lengthOf(stdout.trimEnd().split("\n"), 2);
    assert.include(stdout, "SLUICE-401-UNAUTHORIZED");
    const { text } = await onTerminal(["stats", "tail"], env, small);
    assert.match(text, /^ENDED \(UTC\) +TOOK /);
    assert.match(text, /^\d\d-\d\d \d\d:\d\d +\S+ m?s .* ok +503 200 +\$0\.0001$/m);
  });

  it("writes CSV and NDJSON, and with --json events", async () => {
    const csv = await sluice(["stats", "export"], env);
    const [head = "", first = ""] = csv.stdout.split("\r\n");
    assert.strictEqual(head, "at,requestId,gateway,pipeline,model,outcome,statuses,ms,waitedMs,coldStart,costUsd");
    assert.match(first, /^\d{4}-.*Z,.*,text-to-image,SG161222\/RealVisXL_V4\.0_Lightning,ok,503 200,/);
    const ndjson = await sluice(["stats", "export", "--format", "ndjson"], env);
    const rows = ndjson.stdout.trimEnd().split("\n");
    assert.lengthOf(rows, 3);
    const json = await sluice(["stats", "export", "--json"], env);
    assert.deepStrictEqual(
      eventsOf(json).map(({ type: _, ...row }) => row),
      rows.map((row) => JSON.parse(row) as Record<string, unknown>),
    );
    for (const { stdout } of [csv, ndjson, json]) assert.notInclude(stdout, prompt);
  });
});

describe("sluice stats of a service", () => {
  it("asks its admin listener: the same table, its alerts, and its last requests", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "invalid", times: 1 }] });
    await using service = await startService({ SLUICE_GATEWAY: emulator.url });
    for (const width of [64, 64]) await service.ask({ prompt, width, height: 64 });
    const { code, stdout, stderr } = await sluice(["stats", "--service", service.admin], env);
    assert.strictEqual(stderr, "");
    assert.strictEqual(code, 0);
    assert.match(stdout, /^text-to-image +http:\/\/127\.0\.0\.1:\d+ +2 +50\.0 /m);
    assert.match(stdout, /^alerts {2}none$/m);
    const slow = resultOf(await sluice(["stats", "tail", "--json"], { ...env, SLUICE_SERVICE: service.admin }));
    assert.lengthOf(slow["calls"] as ReadonlyArray<unknown>, 2);
    assert.strictEqual(slow["source"], service.admin);
    const errors = await onTerminal(["stats", "errors", "--service", service.admin], env, large);
    assert.include(errors.text, "SLUICE-422-INVALID-REQUEST");
    const other = await sluice(["stats", "--service", emulator.url], env);
    assert.strictEqual(other.code, 7);
    assert.include(other.stderr, "✗ SLUICE-SERVICE  ");
  });

  it("that is not there is told, with 7 and how to start it; --since says nothing to one", async () => {
    const { code, stdout, stderr } = await sluice(["stats", "--service", "http://127.0.0.1:9"], env);
    assert.strictEqual(code, 7);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✗ SLUICE-SERVICE {2}http:\/\/127\.0\.0\.1:9 does not answer: .+\n {2}fix {7}.*sluice api/);
    const since = await sluice(["stats", "--service", "http://127.0.0.1:9", "--since", "1h"], env);
    assert.strictEqual(since.code, 2);
  });

  it("sends an operator's key, but to no address that a project's file names", async () => {
    using project = temporaryFolder();
    await using server = await startService.pretending(401);
    const token = "slk_operator_0123456789";
    const asked = await sluice(["stats", "--service", server.url], { ...env, SLUICE_ADMIN_TOKEN: token });
    assert.strictEqual(asked.code, 4);
    assert.deepStrictEqual(server.authorizations, [`Bearer ${token}`]);
    writeFileSync(join(project.path, "sluice.config.toml"), `service = "${server.url}"\n`);
    const lured = await sluice(["stats"], { ...env, SLUICE_ADMIN_TOKEN: token }, { cwd: project.path });
    assert.strictEqual(lured.code, 4);
    assert.deepStrictEqual(server.authorizations, [`Bearer ${token}`, undefined]);
    assert.notInclude(asked.stderr + lured.stderr, token);
  });
});
