/** What the chaos server does to a call, by name. Each fault is told which request of the call it meets. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Words } from "./wire.ts";

export interface Meeting {
  readonly response: ServerResponse;
  readonly words: Words;
  /** 1 for the call's first request. */
  readonly number: number;
  /** Since the call's first request. */
  readonly elapsedMs: number;
  /** The key that the request carried. */
  readonly key: string;
}

export interface Fault {
  /** Answers one request, or does not. */
  readonly meet: (meeting: Meeting) => void;
  /** Whether a connection is reset as soon as it is there, before a byte is read; 1 for the call's first. */
  readonly resets?: (connection: number) => boolean;
}

/** How long the cold model loads. */
export const coldMs = 45_000;
/** What `Retry-After` asks for. */
export const retryAfterMs = 3_000;
/** How long the work goes on before the connection breaks. */
export const workMs = 12_000;
/** A byte of the slow answer. */
const dripMs = 100;
const dripBytes = 250;

export const faults = {
  "503-three-times": { meet: (meeting) => (meeting.number > 3 ? succeed(meeting) : refuse(meeting, 503)) },
  cold: { meet: (meeting) => (meeting.elapsedMs >= coldMs ? succeed(meeting) : refuse(meeting, 503)) },
  "429-retry-after": { meet: (meeting) => (meeting.number > 1 ? succeed(meeting) : refuse(meeting, 429, retryAfter)) },
  "503-retry-after": { meet: (meeting) => (meeting.number > 1 ? succeed(meeting) : refuse(meeting, 503, retryAfter)) },
  unauthorized: { meet: (meeting) => refuse(meeting, 401) },
  invalid: { meet: (meeting) => refuse(meeting, 422) },
  "reset-before": { meet: (meeting) => succeed(meeting), resets: (connection) => connection === 1 },
  "reset-after": { meet: (meeting) => (meeting.number > 1 ? succeed(meeting) : resetAfterWork(meeting.response)) },
  hang: { meet: () => undefined },
  drip: { meet: (meeting) => drip(meeting) },
  "truncated-json": { meet: (meeting) => (meeting.number > 1 ? succeed(meeting) : cutShort(meeting)) },
  "truncated-sse": { meet: (meeting) => stream(meeting, meeting.number > 1 ? Infinity : 3) },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

const retryAfter = { "Retry-After": String(retryAfterMs / 1_000) };

const json = (response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": body.length, ...headers });

const succeed = ({ response, words: { image } }: Meeting): void => {
  json(response, 200, image).end(image);
};

const refuse = (
  { response, words, key }: Meeting,
  status: 401 | 422 | 429 | 503,
  headers?: Readonly<Record<string, string>>,
): void => {
  const body = { 401: words.refusedKey(key), 422: words.refusedPrompt, 429: words.limited, 503: words.unavailable }[
    status
  ];
  json(response, status, body, headers).end(body);
};

const resetAfterWork = ({ socket }: ServerResponse): void => {
  const timer = setTimeout(() => socket?.resetAndDestroy(), workMs);
  socket?.once("close", () => clearTimeout(timer));
};

const drip = ({ response, words }: Meeting): void => {
  // White space before JSON is JSON: the value ends with the last byte.
  const body = words.image.padStart(dripBytes);
  json(response, 200, body);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.charAt(sent));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, dripMs);
  response.once("close", () => clearInterval(timer));
};

const cutShort = ({ response, words: { image } }: Meeting): void => {
  json(response, 200, image);
  response.write(image.slice(0, image.length / 2), () => hangUp(response.socket));
};

const hangUp = (socket: Socket | null): void => {
  socket?.end(() => socket.destroy());
};

const stream = ({ response, words: { events } }: Meeting, most: number): void => {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  for (const text of events.slice(0, most)) response.write(text);
  response.end();
};
