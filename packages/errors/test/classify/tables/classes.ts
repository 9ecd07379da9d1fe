/**
 * Notes on gateways, 9: which answers belong to which class, and whether the standard policy retries them (`policy` in
 * the facts). Its row of time-outs is missing here: an attempt that takes too long is no answer.
 */
import { nginx } from "../../bodies.ts";
import { answer, express, goJson, goNothing, goText, sse } from "../../wire.ts";
import {
  closed,
  empty,
  forbidden,
  givenUp,
  inferenceFailed,
  invalid,
  masked,
  notOffered,
  rateLimited,
  retired,
  tooLarge,
  truncated,
  unauthorized,
  unavailable,
  unproxied,
  unreached,
  unsupported,
  waiting,
} from "../facts.ts";
import { row, type Row } from "../table.ts";

const text = 'data: {"choices":[{"delta":{"content":"Hel","role":"assistant"},"finish_reason":"","index":0}]}\n\n';

export const classes: ReadonlyArray<Row> = [
  row("ConfigError: 401", express(401, '{"errors":["request is not authenticated"]}'), unauthorized("missing")),
  row("ConfigError: 403", express(403, '{"errors":["user is suspended"]}'), forbidden({ reason: "suspended" })),
  row("ConfigError: 404", goText(404, "404 page not found\n"), notOffered),
  row("Retired: 410", answer(410), retired),
  row(
    "InvalidRequest: 400",
    goJson(400, '{"error":{"message":"missing required fields"}}\n'),
    invalid(400, ["", "missing required fields"]),
  ),
  row("InvalidRequest: 413", answer(413), tooLarge(413)),
  row("InvalidRequest: 415", answer(415), unsupported(415)),
  row("InvalidRequest: 422", answer(422), invalid(422)),
  row("RateLimited: seconds", answer(429, "", { "retry-after": "17" }), rateLimited(waiting(17_000))),
  row(
    "RateLimited: a date",
    answer(429, "", { "retry-after": "Sun, 22 Nov 2026 12:00:17 GMT" }),
    rateLimited(waiting(17_000)),
  ),
  row("RateLimited: without a time", answer(429), rateLimited()),
  row("ColdOrNoCapacity: 503", goJson(503, '{"error":{"message":"Service Unavailable Error"}}\n'), unavailable()),
  row("ColdOrNoCapacity: a socket closed before headers", { kind: "closed" }, closed, ["go-livepeer"]),
  row(
    "ColdOrNoCapacity: Studio failed to generate",
    express(500, '{"errors":["Failed to generate upscale"]}'),
    masked,
    ["studio"],
  ),
  row(
    "ColdOrNoCapacity: Studio's FetchError",
    express(500, '{"errors":["Internal server error: FetchError"]}'),
    masked,
    ["studio"],
  ),
  row("ColdOrNoCapacity: 200 null", goJson(200, "null\n"), empty()),
  row("ColdOrNoCapacity: 200 empty", goNothing(200), empty()),
  row("ColdOrNoCapacity: 502 from a proxy", answer(502, nginx(502, "Bad Gateway")), unproxied(502)),
  row("ColdOrNoCapacity: 504 from a proxy", answer(504, nginx(504, "Gateway Time-out")), givenUp(504)),
  row(
    "InferenceFailed: another 500",
    goJson(500, '{"error":{"message":"Internal Server Error"}}\n'),
    inferenceFailed(500, "Internal Server Error"),
  ),
  row("StreamTruncated: no token came", sse(""), truncated(0)),
  row("StreamTruncated: a token came", sse(text), truncated(1)),
  row("Transport: refused", { kind: "unsent", reason: "refused" }, unreached("refused")),
  row("Transport: DNS", { kind: "unsent", reason: "dns" }, unreached("dns")),
  row("Transport: TLS", { kind: "unsent", reason: "tls" }, unreached("tls")),
];
