/** Whatever a network may bring, at random; much of it in the words of gateways, so that it gets further. */
import fc from "fast-check";
import type { Answer, Break, Headers, Observation } from "../../src/index.ts";
import { bytesOf, dialects, key, seen } from "../wire.ts";
import { answers } from "./knownAnswers.ts";
import { textOf } from "./oracle.ts";

const headerNames = fc.oneof(
  fc.constantFrom(
    "retry-after",
    "retry-after-ms",
    "ratelimit-reset",
    "location",
    "content-type",
    "x-request-id",
    "x-should-retry",
    "__proto__",
  ),
  fc.string(),
);
const labels = fc.constantFrom(
  "application/json",
  "text/html",
  "text/event-stream",
  "text/event-stream; charset=utf-8",
  "image/png",
);
const headers: fc.Arbitrary<Headers> = fc.dictionary(
  headerNames,
  fc.oneof(fc.string(), labels, fc.array(fc.string()), fc.constant(undefined), fc.nat().map(String)),
);

const words = fc.constantFrom(
  ...[
    "errors",
    "error",
    "detail",
    "message",
    "msg",
    "loc",
    "params",
    "instancePath",
    "missingProperty",
    "title",
    "reason",
  ],
  ...["images", "choices", "text", "result", "delta", "content", "finish_reason", "toString", "__proto__"],
);

const wordy = fc
  .letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue(),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(words, tie("node"), { maxKeys: 4 }),
      tie("node").map((nested) => JSON.stringify(nested)),
    ),
  }))
  .node.map((value) => JSON.stringify(value));

const phrases = fc.constantFrom(...answers).map(({ body }) => textOf(body));

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  wordy,
  wordy.map((json) => `data: ${json}\n\n`),
  wordy.map((json) => `<html>${json}</html>`),
  phrases,
  fc.tuple(phrases, fc.string()).map((parts) => parts.join("")),
);
const bodies = fc.oneof(fc.uint8Array(), texts.map(bytesOf));

const known: fc.Arbitrary<number> = fc.constantFrom(200, 202, 400, 401, 403, 422, 429, 500, 503);
const statuses = fc.oneof(fc.integer({ min: 100, max: 999 }), known);

export const secrets = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constant(key)), { maxLength: 2 });

const answered: fc.Arbitrary<Answer> = fc
  .record({ status: statuses, headers, body: bodies })
  .map((parts) => ({ kind: "answer", ...parts }));

const causes = fc.oneof(
  fc.anything(),
  fc.string().map((text) => new Error(text)),
  fc.constant(undefined),
);

const broken: fc.Arbitrary<Break> = fc.oneof(
  fc.record({ kind: fc.constant("unfinished" as const), cause: causes }),
  fc.record({
    kind: fc.constant("unsent" as const),
    reason: fc.constantFrom("refused", "dns", "tls", "timeout", "unreachable", "incomplete", "proxy-auth"),
    cause: causes,
  }),
  fc.record({ kind: fc.constant("closed" as const), cause: causes }),
  fc.record(
    { kind: fc.constant("cut" as const), status: statuses, headers, body: bodies, cause: causes },
    { requiredKeys: ["kind", "status"] },
  ),
  fc.record({
    kind: fc.constant("unreadable" as const),
    status: fc.oneof(statuses, fc.constant(null)),
    reason: fc.constantFrom("it is not HTTP", "it is too long"),
    cause: causes,
  }),
);

export const observations: fc.Arbitrary<Observation> = fc
  .record({
    wire: fc.oneof({ weight: 4, arbitrary: answered }, broken),
    hide: secrets,
    expects: fc.constantFrom("json", "bytes", undefined),
    input: fc.oneof(fc.anything(), fc.constant(undefined)),
  })
  .map(({ wire, hide, expects, input }) => ({
    ...seen(wire, hide),
    ...(expects === undefined ? {} : { expects }),
    ...(input === undefined ? {} : { input }),
  }));

export const anyDialect = fc.constantFrom(...dialects);
