/** An answer of the service that is a problem: checked against what all problems have in common, then read. */
import { assert } from "vitest";
import { refusals } from "../src/http/Refusal.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly mayHaveRun: boolean;
  readonly requestId: string;
  readonly attempts: ReadonlyArray<{ status: number | null; outcome: string; ms: number; waitedMs: number }>;
  readonly errors?: ReadonlyArray<{ path: string; message: string }>;
  readonly error: { readonly message: string };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What the service itself refuses is on one page, a heading for each code. */
const refusalCodes = new Set<string>(Object.values(refusals).map(({ code }) => code));

/** What a request is called that its caller has not named: a UUID v7. */
export const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const problemOf = ({ statusCode, headers, body }: Answer): Problem => {
  assert.strictEqual(headers["content-type"], "application/problem+json", body);
  const problem = JSON.parse(body) as Problem;
  const { status, code, type, fix, detail, error, requestId: id } = problem;
  assert.strictEqual(status, statusCode);
  assert.match(code, /^SLUICE-\d{3}-[A-Z-]+$/);
  const page = refusalCodes.has(code) ? `service-errors.md#${code.toLowerCase()}` : `errors/${code}.md`;
  assert.strictEqual(type, `https://github.com/livepeer/sluice/blob/main/docs/${page}`);
  assert.strictEqual(headers["x-request-id"], id);
  assert.isNotEmpty(fix);
  assert.isNotEmpty(detail);
  // Where a client that was written for a go-livepeer gateway looks.
  assert.deepStrictEqual(error, { message: detail });
  return problem;
};

export const fieldsOf = ({ errors = [] }: Problem): ReadonlyArray<string> => errors.map(({ path }) => path);
