/** The faults that take the place of an answer, byte for byte where a gateway's code fixes the bytes. */
import * as Stream from "effect/Stream";
import type { Pipeline } from "./documentedModels.ts";
import type { Fault, FaultKind } from "./Fault.ts";
import { nginxPage } from "./proxy/pages.ts";
import type { ProxyFaultKind } from "./proxy/ProxyFault.ts";
import {
  empty,
  expressJson,
  goError,
  hangUp,
  json,
  nullResult,
  type Reply,
  runnerError,
  serviceUnavailable,
  textError,
} from "./Reply.ts";
import type { ChangingKind } from "./streamFaults.ts";

const ajvError = {
  instancePath: "/width",
  schemaPath: "#/properties/width/type",
  keyword: "type",
  params: { type: "integer" },
  message: "must be integer",
};

const retryAfterOf = ({ retryAfter }: Fault): Readonly<Record<string, string>> =>
  retryAfter === undefined ? {} : { "Retry-After": retryAfter };

/** Where the gateway's nil result is written as it is; elsewhere it is dereferenced. */
const writesNull: ReadonlyArray<Pipeline> = ["audio-to-text", "image-to-text", "segment-anything-2"];

/** Nobody knows upstream's bodies and dates yet: these follow its drafts. */
const removed = (pipeline: Pipeline): string => `${pipeline} has been removed`;
const farewell = { Deprecation: "@1788307200", Sunset: "Wed, 30 Sep 2026 00:00:00 GMT" };

const gibibyte = 2 ** 30;
const piece = Buffer.alloc(65_536, "a");

/** One image whose URL never seems to end. */
const oversized = (bytes: number): Reply => {
  const [head, tail] = ['{"images":[{"nsfw":false,"seed":1,"url":"', '"}]}\n'];
  const filler = Math.max(0, bytes - head.length - tail.length);
  const full = Stream.map(Stream.range(1, Math.floor(filler / piece.length)), () => piece);
  const rest = piece.subarray(0, filler % piece.length);
  return {
    kind: "stream",
    status: 200,
    headers: { "Content-Type": "application/json" },
    chunks: Stream.succeed<string | Uint8Array>(head).pipe(
      Stream.concat(full),
      Stream.concat(Stream.fromIterable([rest, tail])),
    ),
    then: "end",
  };
};

/** The kinds that take the place of an answer, and are no proxy's of their own. */
export type ReplacingKind = Exclude<FaultKind, ChangingKind | ProxyFaultKind>;

export const replacements: Readonly<Record<ReplacingKind, (fault: Fault, key: string, pipeline: Pipeline) => Reply>> = {
  unavailable: (fault) => serviceUnavailable(retryAfterOf(fault)),
  internal: () => goError(500, "Internal Server Error"),
  // The handler of llm takes a runner's 400 for an error of its own.
  "bad-request": (_, _key, pipeline) =>
    pipeline === "llm" ? goError(500, "Internal Server Error") : runnerError("Prompt must be provided."),
  "no-result": (_, _key, pipeline) => (writesNull.includes(pipeline) ? nullResult : hangUp),
  closed: () => hangUp,
  null: () => nullResult,
  "no-images": () => json(200, { images: [] }),
  // Studio's answers, which a proxy in front of a go-livepeer gateway may give as well. The 401 repeats the key.
  masked: (_, _key, pipeline) => expressJson(500, { errors: [`Failed to generate ${pipeline}`] }),
  unauthorized: (_, key) =>
    expressJson(401, { errors: [key === "" ? "request is not authenticated" : `no token ${key} found`] }),
  invalid: () => expressJson(422, { errors: [JSON.stringify(ajvError)] }),
  "rate-limited": (fault) => expressJson(429, { errors: ["Too many AI requests"] }, retryAfterOf(fault)),
  retired: (_, _key, pipeline) => goError(410, removed(pipeline)),
  "retired-text": (_, _key, pipeline) => textError(410, removed(pipeline), farewell),
  "bad-gateway": () => nginxPage(502, "502 Bad Gateway"),
  "gateway-timeout": () => nginxPage(504, "504 Gateway Time-out"),
  "web-page": () => nginxPage(200, "Welcome to nginx!"),
  empty: () => empty,
  truncated: () => ({ kind: "cut", body: '{"images":[{"nsfw":false,' }),
  oversized: ({ bytes = gibibyte }) => oversized(bytes),
  silent: () => ({ kind: "silence" }),
};
