/** Notes on gateways, 1.6: what a go-livepeer gateway answers for capabilities that others brought (BYOC). */
import { goJson, goNothing, goText, sse } from "../../wire.ts";
import {
  empty,
  forbidden,
  invalid,
  noOrchestrator,
  notOffered,
  rateLimited,
  tooLarge,
  unauthorized,
  unavailable,
} from "../facts.ts";
import { others, row, type Row } from "../table.ts";

const none = "No orchestrators found for capability my-cap";

export const byoc: ReadonlyArray<Row> = [
  row("nobody has the capability, or all are busy", goText(400, `${none}\n`), noOrchestrator, others("runner")),
  row("the same words from a runner, which has no orchestrators", goText(400, `${none}\n`), invalid(400, ["", none]), [
    "runner",
  ]),
  row(
    "a header that is not base64",
    goText(400, "Unable to parse job request, err=ErrorSegEncoding\n"),
    invalid(400, ["", "Unable to parse job request, err=ErrorSegEncoding"]),
  ),
  row(
    "a header without timeout_seconds",
    goText(400, "Unable to parse job request, err=no timeout_seconds set with request, timeout_seconds is required\n"),
    invalid(400, [
      "",
      "Unable to parse job request, err=no timeout_seconds set with request, timeout_seconds is required",
    ]),
  ),
  row("another method than POST", goText(405, "Method not allowed\n"), notOffered),
  row("every orchestrator failed", goNothing(200), empty()),
  row(
    "a worker's 422, with Go's line break at its end and labelled as text",
    goText(422, '{"detail":[{"type":"missing","loc":["body","x"],"msg":"Field required","input":{}}]}\n'),
    invalid(422, ["x", "Field required"]),
  ),
  row("a worker's 401", goText(401, '{"detail":{"msg":"Invalid bearer token."}}\n'), unauthorized()),
  row("a worker's 429", goText(429, '{"detail":"slow down"}\n'), rateLimited()),
  row("a worker's 404", goText(404, '{"detail":"Not Found"}\n'), notOffered),
  row(
    "a stream's start over 10 MiB",
    goText(413, "request body too large (max 10485760 bytes)\n"),
    tooLarge(413, "request body too large (max 10485760 bytes)"),
  ),
  row(
    "a stream's start that is not JSON",
    goText(400, "invalid JSON request body: unexpected EOF\n"),
    invalid(400, ["", "invalid JSON request body: unexpected EOF"]),
  ),
  row("a stream's params", goText(400, "invalid model params\n"), invalid(400, ["", "invalid model params"])),
  row(
    "a stream that exists",
    goText(400, "stream already exists: my-stream\n"),
    invalid(400, ["", "stream already exists: my-stream"]),
  ),
  row(
    "a stream that the auth webhook refuses",
    goText(403, "live ai auth failed: not today\n"),
    forbidden({ detail: "live ai auth failed: not today" }),
  ),
  row("a stream without its source", goText(400, "missing source_id\n"), invalid(400, ["", "missing source_id"])),
  row(
    "a stream without its source's type",
    goText(400, "missing source_type\n"),
    invalid(400, ["", "missing source_type"]),
  ),
  row("a stream that is gone", goText(404, "Stream not found\n"), notOffered),
  row("a stream without data", goText(503, "Stream data not available\n"), unavailable()),
  row("a worker's JSON, which is sniffed as text", goText(200, '{"echo":{"x":1}}\n'), "success"),
  row(
    "a stream's addresses",
    goJson(
      200,
      '{"stream_id":"my-stream","whip_url":"","whep_url":"","status_url":"/process/stream/my-stream/status"}\n',
    ),
    "success",
  ),
  row(
    "a worker's tokens, with the balance before [DONE]",
    sse('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: {"balance": 12}\n\ndata: [DONE]\n\n'),
    "success",
  ),
  row(
    "a second copy of the tokens after [DONE], which the gateway pays for and the client cuts",
    sse('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\ndata: {"choices":[{"del'),
    "success",
  ),
];
