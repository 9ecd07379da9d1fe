/** Notes on gateways, 2.3: what an ai-runner (FastAPI) answers when it is called directly. */
import { fastApi } from "../../wire.ts";
import { inferenceFailed, invalid, notOffered, tooLarge, unauthorized, unavailable, unsupported } from "../facts.ts";
import { row, type Row } from "../table.ts";
import { runnerMessages } from "./runnerMessages.ts";

export const runner: ReadonlyArray<Row> = [
  ...runnerMessages.map((message) =>
    row(`400: ${message}`, fastApi(400, `{"detail":{"msg":"${message}"}}`), invalid(400, ["", message])),
  ),
  row(
    "out of memory",
    fastApi(500, '{"detail":{"msg":"Out of memory error. Try reducing output image resolution."}}'),
    inferenceFailed(500, "Out of memory error. Try reducing output image resolution."),
  ),
  row(
    "a pipeline that failed",
    fastApi(500, '{"detail":{"msg":"Text-to-image pipeline error."}}'),
    inferenceFailed(500, "Text-to-image pipeline error."),
  ),
  row(
    "an exception that nobody caught",
    fastApi(500, "Internal Server Error", { "content-type": "text/plain; charset=utf-8" }),
    inferenceFailed(500, "Internal Server Error"),
  ),
  row(
    "audio over 50 MiB",
    fastApi(413, '{"detail":{"msg":"File size exceeds limit."}}'),
    tooLarge(413, "File size exceeds limit."),
  ),
  row(
    "audio of an unknown format",
    fastApi(415, '{"detail":{"msg":"Unsupported audio format or malformed file."}}'),
    unsupported(415, "Unsupported audio format or malformed file."),
  ),
  row(
    "a wrong token",
    fastApi(401, '{"detail":{"msg":"Invalid bearer token."}}', { "www-authenticate": "Bearer" }),
    unauthorized(),
  ),
  row(
    "a missing field",
    fastApi(422, '{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}'),
    invalid(422, ["prompt", "Field required"]),
  ),
  row(
    "several fields, and places within them",
    fastApi(
      422,
      '{"detail":[{"type":"literal_error","loc":["body","messages",0,"role"],"msg":"Input should be \'user\'"},' +
        '{"type":"missing","loc":["body","body"],"msg":"Field required"}]}',
    ),
    invalid(422, ["messages.0.role", "Input should be 'user'"], ["body", "Field required"]),
  ),
  row(
    "a field outside the body",
    fastApi(422, '{"detail":[{"type":"missing","loc":["query","id"],"msg":"Field required"}]}'),
    invalid(422, ["query.id", "Field required"]),
  ),
  row(
    "a body as a whole",
    fastApi(422, '{"detail":[{"type":"missing","loc":["body"],"msg":"Field required"}]}'),
    invalid(422, ["", "Field required"]),
  ),
  row("no such route", fastApi(404, '{"detail":"Not Found"}'), notOffered),
  row("another method", fastApi(405, '{"detail":"Method Not Allowed"}', { allow: "POST" }), notOffered),
  row("a pipeline that is still loading", fastApi(503, '{"detail":{"msg":"Pipeline is loading."}}'), unavailable()),
];
