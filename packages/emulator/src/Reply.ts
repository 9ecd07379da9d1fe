/**
 * What the emulator does with a request: answers it, at once or over time, hangs up, or cuts its answer short. Bytes as
 * Go writes them.
 */
import type * as Stream from "effect/Stream";

/** An answer whose length nobody knows when it begins. */
export interface StreamReply {
  readonly kind: "stream";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each is a write of its own, when it comes. Interrupted when the client goes. */
  readonly chunks: Stream.Stream<string | Uint8Array>;
  /** What comes after the last of them: the end of the answer, or a reset of the connection. */
  readonly then: "end" | "reset";
  /** What the network meters for the call, if it ran. */
  readonly units?: number;
}

export interface AnswerReply {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** What the network meters for the call, if it ran. */
  readonly units?: number;
}

export type Reply =
  | AnswerReply
  | StreamReply
  /** The connection is closed, or reset, without an answer. */
  | { readonly kind: "close"; readonly reset?: true }
  | { readonly kind: "cut"; readonly body: string }
  | { readonly kind: "silence" };

const jsonHeaders = { "Content-Type": "application/json" };

/** Go's encoder escapes the characters that HTML and JavaScript mind. */
export const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): AnswerReply => ({
  kind: "answer",
  status,
  headers: { ...jsonHeaders, ...headers },
  body: `${goJson(value)}\n`,
});

/** Studio's answers: Express adds a charset, escapes nothing and ends with the value. */
export const expressJson = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", Vary: "Authorization", ...headers },
  body: JSON.stringify(value),
});

/** go-livepeer's error: the message is the real one for 400 only. */
export const goError = (
  status: 400 | 410 | 500 | 503,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Reply => json(status, { error: { message } }, headers);

/** A runner's 400: the gateway's parsing leaves the ": " in front. */
export const runnerError = (message: string): Reply => goError(400, `: ${message}`);

export const serviceUnavailable = (headers?: Readonly<Record<string, string>>): Reply =>
  goError(503, "Service Unavailable Error", headers);

export const empty: Reply = { kind: "answer", status: 200, headers: {}, body: "" };

/** Go's `http.Error`. */
export const textError = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): AnswerReply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", ...headers },
  body: `${message}\n`,
});

export const notFound = textError(404, "404 page not found");

export const hangUp: Reply = { kind: "close" };

/** No orchestrator gave a result, and a nil pointer in an interface counts as one. */
export const nullResult: Reply = json(200, null);

/** The answer to a call that ran. */
export const metered = (units: number, value: unknown): Reply => ({
  kind: "answer",
  status: 200,
  headers: jsonHeaders,
  body: `${goJson(value)}\n`,
  units,
});
