/**
 * The columns of the table: each a thing that gateways do, what a client then does right, and how that is judged from what
 * the server and the caller saw. The sentences are those of docs/conformance.md.
 */
import { coldMs, type FaultName, retryAfterMs, workMs } from "./faults.ts";
import {
  all,
  asked,
  endedAt,
  gotError,
  gotResult,
  hungUp,
  type Judge,
  msOf,
  requests,
  says,
  that,
  waited,
  waitsOf,
} from "./judging.ts";
import { tokens } from "./wire.ts";

export interface Column {
  readonly title: string;
  readonly fault: FaultName;
  /** What the server does. */
  readonly happens: string;
  /** What a client then does, as a sentence that can be checked. */
  readonly right: string;
  /** Why that is right. */
  readonly why: string;
  /** What explains a cell that a reader may not believe. */
  readonly note?: string;
  readonly judge: Judge;
  /** Given to the client by its own option; without it, the client keeps its default. In milliseconds. */
  readonly timeoutMs?: number;
  /** Whether a stream of tokens is asked for, and not an image. */
  readonly streams?: boolean;
}

/** The caller's deadline, where there is one. */
const deadlineMs = 8_000;
/** How much longer an end may take than it must. */
const lateMs = 2_000;
/** How long a connection may outlive its call. */
const closingMs = 1_000;
const mostColdRequests = 20;
const coldEndMs = coldMs * 1.5;

const seconds = (ms: number): string => `${ms / 1_000} s`;

/** An error that a retry would not mend: one request, and it. */
const refused = all(asked, gotError, requests(1));

const comesBack = all(asked, gotResult, requests(2), waited(retryAfterMs, lateMs));

const deadline = all(
  asked,
  gotError,
  endedAt(deadlineMs, lateMs),
  requests(1),
  says(/time.?out|timed out|deadline/i, "the error does not say that time ran out"),
  hungUp(closingMs),
);

export const columns: ReadonlyArray<Column> = [
  {
    title: "503 three times",
    fault: "503-three-times",
    happens: "Three requests are answered with 503, the fourth with an image.",
    right: "A result, with 4 requests; the last wait between them is longer than the first.",
    why: "A gateway says 503 while it looks for an orchestrator, and a 503 costs nothing. Waits that grow give it time.",
    judge: all(
      asked,
      gotResult,
      requests(4),
      that((seen) => (waitsOf(seen).at(-1) ?? 0) > (waitsOf(seen)[0] ?? 0), "the waits do not grow"),
    ),
  },
  {
    title: "cold for 45 s",
    fault: "cold",
    happens: `Every request is answered with 503 until ${seconds(coldMs)} after the first one; then with an image.`,
    right: `A result within ${seconds(coldEndMs)}, with at most ${mostColdRequests} requests.`,
    why:
      "Livepeer's models are loaded on demand, which takes from 30 s to minutes. Who gives up sooner never gets a result from a " +
      "cold model; who asks every second is a burden; who waits half as long again after the model is ready wastes its warmth.",
    judge: all(
      asked,
      gotResult,
      that((seen) => msOf(seen) <= coldEndMs, "late"),
      requests(2, mostColdRequests),
    ),
  },
  {
    title: "429, Retry-After",
    fault: "429-retry-after",
    happens: `The first request is answered with 429 and \`Retry-After: ${retryAfterMs / 1_000}\`, the second with an image.`,
    right: `A result, with 2 requests, the second one ${seconds(retryAfterMs)} to ${seconds(retryAfterMs + lateMs)} after the first.`,
    why: "The gateway has said when there is room: earlier is another 429, later is lost time.",
    judge: comesBack,
  },
  {
    title: "503, Retry-After",
    fault: "503-retry-after",
    happens: `The first request is answered with 503 and \`Retry-After: ${retryAfterMs / 1_000}\`, the second with an image.`,
    right: `A result, with 2 requests, the second one ${seconds(retryAfterMs)} to ${seconds(retryAfterMs + lateMs)} after the first.`,
    why: "go-livepeer never sends this header with a 503, but the proxies in front of gateways do.",
    judge: comesBack,
  },
  {
    title: "401",
    fault: "unauthorized",
    happens: "Every request is answered with 401 and a body that repeats the key, as Livepeer Studio's does.",
    right:
      "One request, and an error that says that the key is wrong; what `console.error` prints of it does not contain the key.",
    why: "A wrong key stays wrong, and an error ends in a log, where a key must not be.",
    judge: all(
      refused,
      that(
        ({ outcome: { error } }) =>
          error?.status === 401 || /\b401\b|\bkey\b|\btoken\b|unauthori[sz]ed/i.test(error?.says ?? ""),
        "the error does not say that the key is wrong",
      ),
      that(({ outcome: { error } }) => error?.printed.includes(key) !== true, "the error contains the key"),
    ),
  },
  {
    title: "422",
    fault: "invalid",
    happens: "Every request is answered with 422 and a body that names the field `prompt`.",
    right: "One request, and an error whose message names the field.",
    why: "A wrong request stays wrong; its sender needs to know what to change.",
    judge: all(
      refused,
      that(({ outcome: { error } }) => /\bprompt\b/.test(error?.says ?? ""), "the error does not name the field"),
    ),
  },
  {
    title: "reset before sending",
    fault: "reset-before",
    happens:
      "The first connection is reset before a byte of the request is read; the next request is answered with an image.",
    right: "A result, with 1 request that came through, over a second connection.",
    why: "Nothing was received, so nothing can have run: a repeat is free.",
    judge: all(
      that(({ outcome }) => outcome.end === "result", "not tried again"),
      asked,
      requests(1),
      that(({ journal }) => journal.connections >= 2, "no second connection"),
    ),
  },
  {
    title: "reset after sending",
    fault: "reset-after",
    happens: `The first request is read whole; ${seconds(workMs)} later its connection is reset. A second one would be answered with an image.`,
    right: "One request, and an error that says that its connection broke, or that the outcome is unknown.",
    why:
      "The work may have been done, and be billed: gateways know no idempotency key, so a repeat may be paid twice, and only the " +
      "caller can decide that. (A connection that go-livepeer closes within its two seconds of search is another matter: no orchestrator took the work.)",
    judge: all(
      asked,
      requests(1),
      gotError,
      says(/unknown|may have|reset|closed|hang up|ECONN/i, "the error does not say that the connection broke"),
    ),
  },
  {
    title: "hang",
    fault: "hang",
    happens: `The request is read and never answered. The client's own timeout is set to ${seconds(deadlineMs)}.`,
    right:
      `One request, and an error that says that time ran out, ${seconds(deadlineMs)} to ${seconds(deadlineMs + lateMs)} after the ` +
      `call began; its connection is closed within ${seconds(closingMs)}.`,
    why: "A caller who allows 8 s has planned with 8 s, retries included. The gateway goes on working, at a cost, until the connection is closed.",
    note:
      "`@livepeer/ai` hands its timeout to a `Request`, which on Node 24 loses it when garbage is collected " +
      "([nodejs/undici#4068](https://github.com/nodejs/undici/issues/4068)). In a process that collects none meanwhile, the " +
      "call ends after 8.0 s.",
    judge: deadline,
    timeoutMs: deadlineMs,
  },
  {
    title: "slow drip",
    fault: "drip",
    happens: `The answer begins at once and comes a byte at a time, for 25 s. The client's own timeout is set to ${seconds(deadlineMs)}.`,
    right: "The same as for a hang.",
    why: "A deadline that ends with the answer's first byte is no deadline.",
    note: "Of the timeout of `@livepeer/ai`, see the hang.",
    judge: deadline,
    timeoutMs: deadlineMs,
  },
  {
    title: "truncated JSON",
    fault: "truncated-json",
    happens:
      "The answer is a 200 whose connection closes after half of the announced body. A second request would be answered with an image.",
    right: "One request, and an error.",
    why: "Half an answer is none, but the image was made and billed: whether to pay for another one is the caller's decision.",
    judge: all(asked, requests(1), gotError),
  },
  {
    title: "truncated SSE",
    fault: "truncated-sse",
    happens:
      "A chat's stream ends after three tokens, without a `finish_reason` and without `[DONE]`, as go-livepeer's does when its runner fails.",
    right: "One request, the three tokens, and then an error.",
    why: "Half a sentence must not pass for a whole one; and who has seen tokens must not see them twice.",
    judge: all(
      asked,
      requests(1),
      that(({ outcome }) => outcome.tokens.join("") === tokens.slice(0, 3).join(""), "the tokens did not arrive"),
      that(({ outcome }) => outcome.end === "error", "taken for a whole answer"),
    ),
    streams: true,
  },
];

/** The key that the clients send: of the form of Studio's. */
export const key = "7c1f6d5e-52b6-4c5e-9a0b-1d2e3f405162";
