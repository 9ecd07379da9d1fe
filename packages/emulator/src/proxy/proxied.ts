/**
 * What becomes of a request or an answer on its way through the network: proxies that give up, send elsewhere or lose a
 * type, and connections that are reset. What refuses a connection, or has no name, is no server, and not here.
 */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Fault } from "../Fault.ts";
import type { Incoming } from "../gateway/Incoming.ts";
import type { Replying } from "../gateway/Orchestra.ts";
import { expressJson, type Reply } from "../Reply.ts";
import { nginxPage, originTimeout } from "./pages.ts";
import type { ProxyFaultKind } from "./ProxyFault.ts";

/** A reset (RST) of the connection instead of an answer: what was in flight is lost. */
export const reset: Reply = { kind: "close", reset: true };

const defaults = { headersMs: 30_000, retryAfter: "30" };

/** `elsewhere`: the port of the other machine. */
type Interference = (answer: Replying, fault: Fault, incoming: Incoming, elsewhere: Effect.Effect<string>) => Replying;

const interferences: Readonly<Record<ProxyFaultKind, Interference>> = {
  "origin-timeout": () => Effect.succeed(originTimeout),
  // The right bytes; nobody says any more what they are.
  "wrong-type": (answer) =>
    Effect.map(answer, (reply) =>
      reply.kind === "answer" || reply.kind === "stream"
        ? { ...reply, headers: { ...reply.headers, "Content-Type": "application/octet-stream" } }
        : reply,
    ),
  "slow-headers": (answer, { ms = defaults.headersMs }) => Effect.tap(answer, Effect.sleep(ms)),
  moved: (answer, _, incoming, elsewhere) =>
    sentOn(answer, incoming, elsewhere, (Location) => nginxPage(301, "301 Moved Permanently", { Location })),
  redirect: (answer, _, incoming, elsewhere) =>
    sentOn(answer, incoming, elsewhere, (Location) => nginxPage(308, "308 Permanent Redirect", { Location })),
  // So many seconds from now, or whatever else it is told.
  "rate-limited-until": (_, { retryAfter = defaults.retryAfter }) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const date = new Date(now + Number(retryAfter) * 1_000);
      const until = Number.isNaN(date.getTime()) ? retryAfter : date.toUTCString();
      return expressJson(429, { errors: ["Too many AI requests"] }, { "Retry-After": until });
    }),
  "reset-unread": () => Effect.succeed(reset),
  reset: () => Effect.succeed(reset),
  "reset-body": (answer) => Effect.map(answer, brokenOff),
};

/** `answer`: what the gateway would send, which is not asked for where nobody would hear it. */
export const proxied = (
  kind: ProxyFaultKind,
  answer: Replying,
  fault: Fault,
  incoming: Incoming,
  elsewhere: Effect.Effect<string>,
): Replying => interferences[kind](answer, fault, incoming, elsewhere);

/** The characters that Go's `httpguts.ValidHostHeader` knows. */
const hostCharacters = /^[\w!$%&'()*+,\-.:;=[\]~]+$/;

/** What Go answers before any handler is asked, but for the reason in its status line. */
const malformedHost: Reply = {
  kind: "answer",
  status: 400,
  headers: { "Content-Type": "text/plain; charset=utf-8", Connection: "close" },
  body: "400 Bad Request: malformed Host header",
};

/**
 * The same path at another name and port: another origin, to which clients do not send their key again. Who has come there is
 * not sent any further.
 */
const sentOn = (
  answer: Replying,
  { headers, path, place }: Incoming,
  elsewhere: Effect.Effect<string>,
  page: (location: string) => Reply,
): Replying => {
  if (place === "elsewhere") return answer;
  const { host = "127.0.0.1" } = headers;
  if (!hostCharacters.test(host) || !URL.canParse(`http://${host}`)) return Effect.succeed(malformedHost);
  const name = new URL(`http://${host}`).hostname === "localhost" ? "127.0.0.1" : "localhost";
  return Effect.map(elsewhere, (port) => page(`http://${name}:${port}${path}`));
};

/** Half of a whole answer, which says how long it would be; of a stream, its first piece. */
const brokenOff = (reply: Reply): Reply => {
  if (reply.kind === "stream") return { ...reply, chunks: Stream.take(reply.chunks, 1), then: "reset" };
  if (reply.kind !== "answer") return reply;
  const bytes = Buffer.from(reply.body);
  return {
    ...reply,
    kind: "stream",
    headers: { ...reply.headers, "Content-Length": String(bytes.length) },
    chunks: Stream.succeed(bytes.subarray(0, Math.floor(bytes.length / 2))),
    then: "reset",
  };
};
