/** What was seen on the wire, spelled for tests. The call, its moment and its key are the same throughout. */
import {
  type Answer,
  type Break,
  classify,
  type Dialect,
  type GatewayError,
  type Headers,
  type Observation,
} from "../src/index.ts";

export const dialects: ReadonlyArray<Dialect> = ["go-livepeer", "studio", "runner", "generic"];
export const model = "SG161222/RealVisXL_V4.0_Lightning";
export const subject = { gateway: "my-gateway", pipeline: "text-to-image", model } as const;
export const url = "http://127.0.0.1:8937/text-to-image";
export const key = "sk-live-7c1d0e5f";
export const noon = Date.UTC(2026, 10, 22, 12);

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const answer = (status: number, body: string | Uint8Array = "", headers: Headers = {}): Answer => ({
  kind: "answer",
  status,
  headers,
  body: typeof body === "string" ? bytesOf(body) : body,
});

/** As go-livepeer's `respondJsonError` and its JSON encoder write it. */
export const goJson = (status: number, body: string): Answer =>
  answer(status, body, { "content-type": "application/json", "content-length": String(bytesOf(body).length) });

/** As Go's `http.Error` writes it: BYOC's errors, and the 404 of its mux. */
export const goText = (status: number, body: string): Answer =>
  answer(status, body, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" });

/** As Go answers without a word. */
export const goNothing = (status: number): Answer => answer(status, "", { "content-length": "0" });

/** As Studio's Express writes it: no line break at the end. */
export const express = (status: number, body: string, headers: Headers = {}): Answer =>
  answer(status, body, { "content-type": "application/json; charset=utf-8", vary: "Authorization", ...headers });

/** As FastAPI writes it. */
export const fastApi = (status: number, body: string, headers: Headers = {}): Answer =>
  answer(status, body, { server: "uvicorn", "content-type": "application/json", ...headers });

export const sse = (body: string, status = 200): Answer =>
  answer(status, body, {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    connection: "keep-alive",
  });

/** An observation with the usual circumstances. */
export const seen = (wire: Answer | Break, secrets: ReadonlyArray<string> = [key]): Observation => ({
  subject,
  url,
  wire,
  now: noon,
  secrets,
});

/** The error in an observation; a test that meets a success instead fails here. */
export const errorIn = (dialect: Dialect, observation: Observation): GatewayError => {
  const verdict = classify(dialect, observation);
  if (verdict === "success") throw new Error("This was classified as a success.");
  return verdict;
};

/** The error that was seen. */
export const errorOf = (dialect: Dialect, wire: Answer | Break, secrets?: ReadonlyArray<string>): GatewayError =>
  errorIn(dialect, seen(wire, secrets));

/** Every way to get no usable answer, for one cause. */
export const breaksBy = (cause: unknown): ReadonlyArray<Break> => [
  { kind: "unsent", reason: "unreachable", cause },
  { kind: "closed", cause },
  { kind: "cut", status: 200, cause },
  { kind: "unreadable", status: null, reason: "it is not HTTP", cause },
];
