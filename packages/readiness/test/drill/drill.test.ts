/** Real programs in the drill: what is seen of them, and how it ends. */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import {
  drill,
  type DrillEvent,
  type DrillOptions,
  DrillReport,
  type ScenarioId,
  scenarioIds,
} from "../../src/drill/index.ts";
import { verdictOf } from "../subject.ts";

const programs = join(import.meta.dirname, "programs");
const node = (program: string, ...args: ReadonlyArray<string>) =>
  [process.execPath, join(programs, program), ...args] as const;

/** A gateway in a hurry. */
const pace = { coldMs: 400, slowMs: 450, retryAfterMs: 1_000, workMs: 1_800, silenceMs: 3_000 };

const held = (options: DrillOptions): Promise<DrillReport> =>
  Effect.runPromise(drill({ pace, jobs: 4, patienceMs: 10_000, ...options }));

const verdictsOf = (report: DrillReport): Readonly<Record<string, string | null>> =>
  Object.fromEntries(report.scenarios.map(({ id, verdict, wrong }) => [id, wrong ?? verdict]));

describe("a careful program", () => {
  const half = scenarioIds.length / 2;
  const halves = [scenarioIds.slice(0, half), scenarioIds.slice(half)].map((only) => ({ only, first: only[0] }));

  it.each(halves)("has a full score from $first on", async ({ only }) => {
    const report = await held({ command: node("careful.mjs"), only });
    const notRight = report.scenarios.filter(({ verdict }) => verdict !== "right");
    assert.deepEqual(
      notRight.map(({ id, seen }) => `${id}: ${seen}`),
      only.includes("truncated-stream") ? ["truncated-stream: it asks for no stream"] : [],
    );
    assert.deepEqual(report.score, { right: 9 - notRight.length, judged: 9 - notRight.length });
    assert.deepEqual(
      report.scenarios.map(({ id }) => id),
      only,
    );
  });

  it("has a full score with Studio too, which is what the checks of error handling ask", async () => {
    const report = await held({ command: node("careful.mjs"), dialect: "studio" });
    const notRight = report.scenarios.filter(({ verdict }) => verdict !== "right");
    assert.deepEqual(
      notRight.map(({ id, seen }) => `${id}: ${seen}`),
      ["truncated-stream: it asks for no stream"],
    );
    const evidence = { mistakes: [], drill: { ...report, at: "2026-11-20T12:00:00Z" } };
    for (const id of ["E1", "E2", "E3", "E4"]) {
      assert.deepInclude(await verdictOf(id, { evidence }), { status: "pass" }, id);
    }
  });

  it("is told of while it runs, and in a report that can be kept", async () => {
    const events: Array<DrillEvent> = [];
    const command = [...node("careful.mjs"), "--header", "Bearer 123456"] as const;
    const report = await held({ command, only: ["masked-500"], onEvent: (event) => events.push(event) });
    assert.deepEqual(DrillReport.parse(JSON.parse(JSON.stringify(report))), report);
    assert.strictEqual(report.command.at(-1), "Bearer [redacted]");
    const [masked] = report.scenarios;
    assert.match(masked?.seen ?? "", /^2 requests, \d\.\d+ s apart, exit code 0$/);
    assert.deepEqual(
      masked?.requests.map(({ path, status, end }) => `${path} ${status ?? "-"} ${end}`),
      ["/text-to-image 500 answered", "/text-to-image 200 answered"],
    );
    const [rehearsed, ...rest] = events;
    assert.strictEqual(rehearsed?.type === "rehearsed" ? rehearsed.requests : 0, 1);
    assert.deepEqual(rest, [
      { type: "began", id: "masked-500", title: masked?.title ?? "" },
      { type: "judged", result: masked },
    ] as ReadonlyArray<DrillEvent>);
  });
});

describe("a careless program, in another language", () => {
  it("is wrong where repeating, following or believing is", async () => {
    const report = await held({ command: ["python3", join(programs, "careless.py")] });
    assert.deepEqual(verdictsOf(report), {
      "wrong-key": "asked 3 times with a key that was refused",
      "bad-field": "asked 3 times what was refused as wrong",
      "cold-503": "gave up after 3 requests, without a result",
      "cold-hold": "asked twice while its first request was held",
      "rate-limit": report.scenarios[4]?.wrong ?? null,
      "retry-later": report.scenarios[5]?.wrong ?? null,
      "masked-500": "right",
      "closed-socket": "right",
      "null-result": "took `null` for a result: exit code 0",
      "proxy-page": "right",
      "slow-first-byte": "asked twice while its first request was being answered",
      silence: "asked twice what may have been running",
      "reset-unread": "right",
      "lost-answer": "asked twice what may have been done and paid",
      "truncated-answer": "asked twice what may have been done and paid",
      "truncated-stream": "not-exercised",
      retired: "asked 3 times for what is gone",
      redirect: "sent its key to another origin",
    } satisfies Record<ScenarioId, string | null>);
    for (const place of [4, 5]) {
      assert.match(report.scenarios[place]?.wrong ?? "", /^came back after 0\.\d+ s; Retry-After said 1\.0 s$/);
    }
  });
});

describe("a program that asks once", () => {
  it("is wrong where asking again would have helped", async () => {
    const only = ["wrong-key", "cold-503", "masked-500", "closed-socket", "null-result", "proxy-page"] as const;
    const report = await held({ command: node("plain.mjs"), only });
    assert.deepEqual(verdictsOf(report), {
      "wrong-key": "printed its key",
      "cold-503": "did not ask again",
      "masked-500": "did not ask again",
      "closed-socket": "did not ask again",
      "null-result": "right",
      "proxy-page": "did not ask again",
    });
    assert.deepEqual(report.score, { right: 1, judged: 6 });
    assert.match(report.scenarios[0]?.change ?? "", /^Remove the key from an error/);
    assert.match(report.scenarios[1]?.change ?? "", /^Retry a 503/);
  });
});

describe("a program whose exit code is always 0", () => {
  it("is not judged where only its exit code could tell", async () => {
    const command = ["sh", "-c", '"$@" || true', "sh", ...node("plain.mjs")] as const;
    const report = await held({ command, only: ["null-result"] });
    assert.strictEqual(
      report.scenarios[0]?.seen,
      "its exit code does not tell: it is 0 after a refused key too: 1 request, exit code 0",
    );
    assert.deepEqual(report.score, { right: 0, judged: 0 });
  });
});

describe("a program that reads a stream by OpenAI's route", () => {
  const only = ["truncated-stream", "truncated-answer"] as const;

  it("is answered where the gateway is Studio, and by the same faults", async () => {
    const report = await held({
      command: node("stream.mjs", "careful"),
      only: ["wrong-key", "truncated-stream", "rate-limit"],
      dialect: "studio",
    });
    assert.deepEqual(verdictsOf(report), {
      "wrong-key": "right",
      "rate-limit": "did not come back",
      "truncated-stream": "right",
    });
  });

  it("is right when it fails without an end", async () => {
    const report = await held({ command: node("stream.mjs", "careful"), only });
    assert.deepEqual(verdictsOf(report), { "truncated-answer": "not-exercised", "truncated-stream": "right" });
    assert.strictEqual(report.scenarios[1]?.requests[0]?.path, "/v1/chat/completions");
  });

  it("is wrong when it takes what it got", async () => {
    const report = await held({ command: node("stream.mjs"), only });
    assert.strictEqual(report.scenarios[1]?.wrong, "took half a stream for a result: exit code 0");
  });
});
