import { assert, describe, it } from "@effect/vitest";
import type { FaultKind } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { fieldsOf, problemOf, requestId } from "./problems.ts";
import { askInVirtualTime, type Scene } from "./virtual.ts";

const faulty = (kind: FaultKind, retryAfter?: string): Scene => ({
  behind: { faults: [{ kind, ...(retryAfter === undefined ? {} : { retryAfter }) }] },
});

const times = <A>(count: number, value: A): ReadonlyArray<A> => Array.from({ length: count }, () => value);

type Row = readonly [
  what: string,
  scene: Scene,
  status: number,
  title: string,
  code: string,
  /** The upstream status of each attempt: one for each request in the journal. */
  attempts: ReadonlyArray<number | null>,
  retryAfter?: string,
];

const elsewhere: Scene = { settings: (url) => ({ gateway: `${url}/api` }) };

const cold = (retryAfter: string, whole: string): Row => {
  const what = `503 with Retry-After: ${retryAfter}, longer than the call`;
  return [what, faulty("unavailable", retryAfter), 503, "ColdOrNoCapacity", "SLUICE-503-COLD", [503], whole];
};

const limited = ["RateLimited", "SLUICE-429-RATE-LIMITED"] as const;

const table: ReadonlyArray<Row> = [
  cold("600", "600"),
  // `Retry-After` knows whole seconds alone; less than was asked for would be too soon.
  cold("600.2", "601"),
  cold("Thu, 01 Jan 1970 00:10:00 GMT", "600"),
  ["a closed socket", faulty("closed"), 503, "ColdOrNoCapacity", "SLUICE-503-CLOSED", times(7, null)],
  ["200 null", faulty("null"), 503, "ColdOrNoCapacity", "SLUICE-503-EMPTY", times(7, 200)],
  ["a proxy's 502", faulty("bad-gateway"), 503, "ColdOrNoCapacity", "SLUICE-503-PROXY", times(7, 502)],
  ["429", faulty("rate-limited"), 429, ...limited, times(9, 429)],
  ["429 with Retry-After: 600", faulty("rate-limited", "600"), 429, ...limited, [429], "600"],
  ["500", faulty("internal"), 500, "InferenceFailed", "SLUICE-500-INFERENCE", [500, 500]],
  // The key is ours, not the caller's.
  ["401", faulty("unauthorized"), 502, "Unauthorized", "SLUICE-401-UNAUTHORIZED", [401]],
  ["422", faulty("invalid"), 422, "InvalidRequest", "SLUICE-422-INVALID-REQUEST", [422]],
  ["410", faulty("retired"), 410, "PipelineRetired", "SLUICE-410-RETIRED", [410]],
  ["a web page", faulty("web-page"), 502, "MalformedResponse", "SLUICE-502-MALFORMED", [200]],
  ["an answer without images", faulty("no-images"), 502, "EmptyResult", "SLUICE-502-EMPTY-RESULT", [200]],
  ["an answer that breaks off", faulty("truncated"), 502, "OutcomeUnknown", "SLUICE-502-OUTCOME-UNKNOWN", [200]],
  ["nothing until the deadline", faulty("silent"), 504, "DeadlineExceeded", "SLUICE-504-DEADLINE", [null]],
  ["a path that is not a gateway's", elsewhere, 404, "PipelineNotOffered", "SLUICE-404-PIPELINE", [404]],
];

/** What time alone does not heal. */
const lasting = ["Unauthorized", "InvalidRequest", "PipelineRetired", "MalformedResponse", "PipelineNotOffered"];

describe("an upstream failure becomes a problem", () => {
  for (const [what, scene, status, title, code, attempts, retryAfter] of table) {
    it.effect(`${what}: ${status} ${code}`, () =>
      Effect.gen(function* () {
        const { answer, journal } = yield* askInVirtualTime(scene);
        const problem = problemOf(answer);
        assert.include(problem, { status, title, code, retryable: !lasting.includes(title) });
        assert.deepStrictEqual(
          problem.attempts.map((attempt) => attempt.status),
          [...attempts],
        );
        for (const { outcome } of problem.attempts) assert.strictEqual(outcome, code);
        assert.lengthOf(journal, attempts.length);
        assert.match(problem.requestId, requestId);
        assert.strictEqual(answer.headers["x-request-id"], problem.requestId);
        assert.strictEqual(answer.headers["retry-after"], retryAfter);
        // One layer retries, and this was it; and no client waits for ten minutes in the middle of a call.
        assert.strictEqual(answer.headers["x-should-retry"], "false");
      }),
    );
  }

  it.effect("422: with the field that the gateway named", () =>
    Effect.gen(function* () {
      const { answer } = yield* askInVirtualTime(faulty("invalid"));
      assert.deepStrictEqual(fieldsOf(problemOf(answer)), ["width"]);
    }),
  );

  it.effect("503 until the deadline: 504 with every attempt, its duration and its wait", () =>
    Effect.gen(function* () {
      const { answer, journal } = yield* askInVirtualTime(faulty("unavailable"));
      const { status, code, attempts } = problemOf(answer);
      assert.deepStrictEqual({ status, code }, { status: 504, code: "SLUICE-504-DEADLINE" });
      assert.lengthOf(attempts, journal.length);
      assert.isAtLeast(attempts.length, 5);
      // The last chance comes 5 s before the end, and nothing waits after it.
      assert.strictEqual(attempts.at(-1)?.waitedMs, 0);
      const lastBegan = attempts.slice(0, -1).reduce((sum, { ms, waitedMs }) => sum + ms + waitedMs, 0);
      assert.approximately(lastBegan, 295_000, 1_000);
      const waited = attempts.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
      assert.isAbove(waited, 250_000);
    }),
  );

  it.effect("a refused connection: 502 after four attempts, none of which was sent", () =>
    Effect.gen(function* () {
      const { answer, journal } = yield* askInVirtualTime({ settings: () => ({ gateway: "http://127.0.0.1:9" }) });
      const { status, code, attempts } = problemOf(answer);
      assert.deepStrictEqual({ status, code }, { status: 502, code: "SLUICE-502-CONNECTION" });
      assert.lengthOf(attempts, 4);
      assert.isEmpty(journal);
    }),
  );

  it.effect("a price above the operator's limit: 402, and nothing was sent", () =>
    Effect.gen(function* () {
      const { answer, journal } = yield* askInVirtualTime({ settings: () => ({ maxCostUsd: "0.00001" }) });
      assert.include(problemOf(answer), { status: 402, code: "SLUICE-402-PRICE" });
      assert.isEmpty(journal);
    }),
  );
});

describe("a failure that heals", () => {
  it.effect("is never seen by the caller", () =>
    Effect.gen(function* () {
      const faults = (["unavailable", "closed", "rate-limited"] as const).map((kind) => ({ kind, times: 1 }));
      const { answer, journal } = yield* askInVirtualTime({ behind: { faults } });
      assert.strictEqual(answer.statusCode, 200);
      assert.lengthOf(journal, 4);
    }),
  );
});
