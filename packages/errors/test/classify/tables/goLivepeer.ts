/** Notes on gateways, 2.1: what a self-hosted go-livepeer gateway answers; and 2.3, where a runner speaks through it. */
import { answer, goJson, goNothing, goText } from "../../wire.ts";
import {
  closed,
  empty,
  inferenceFailed,
  invalid,
  notOffered,
  outcomeUnknown,
  retired,
  unavailable,
  unsupported,
} from "../facts.ts";
import { others, row, type Row } from "../table.ts";
import { runnerMessages } from "./runnerMessages.ts";

const badType = (field: string, go: string): string =>
  `json: cannot unmarshal string into Go struct field ${field} of type ${go}`;

export const goLivepeer: ReadonlyArray<Row> = [
  row(
    "a field of the wrong JSON type",
    goJson(400, `{"error":{"message":"${badType("TextToImageParams.width", "int")}"}}\n`),
    invalid(400, ["width", badType("TextToImageParams.width", "int")]),
  ),
  row(
    "a field of the wrong JSON type within another",
    goJson(400, `{"error":{"message":"${badType("LLMRequest.messages.content", "string")}"}}\n`),
    invalid(400, ["messages.content", badType("LLMRequest.messages.content", "string")]),
  ),
  row("no body", goJson(400, '{"error":{"message":"EOF"}}\n'), invalid(400, ["", "EOF"])),
  row(
    "a body that breaks off",
    goJson(400, '{"error":{"message":"unexpected EOF"}}\n'),
    invalid(400, ["", "unexpected EOF"]),
  ),
  row(
    "a body that is not JSON",
    goJson(400, '{"error":{"message":"invalid character \'h\' looking for beginning of value"}}\n'),
    invalid(400, ["", "invalid character 'h' looking for beginning of value"]),
  ),
  row(
    "a multipart route without multipart",
    goJson(400, '{"error":{"message":"request Content-Type isn\'t multipart/form-data"}}\n'),
    unsupported(400, "request Content-Type isn't multipart/form-data"),
  ),
  row(
    "llm without model, stream, max_tokens or messages",
    goJson(400, '{"error":{"message":"missing required fields"}}\n'),
    invalid(400, ["", "missing required fields"]),
  ),
  row(
    "text-to-speech without text",
    goJson(400, '{"error":{"message":"text field is required"}}\n'),
    invalid(400, ["", "text field is required"]),
  ),
  row(
    "audio shorter than a second",
    goJson(400, '{"error":{"message":"audio duration calculation failed"}}\n'),
    invalid(400, ["", "audio duration calculation failed"]),
  ),
  ...runnerMessages.map((message) =>
    row(
      `a runner's 400: ${message}`,
      goJson(400, `{"error":{"message":": ${message}"}}\n`),
      invalid(400, ["", message]),
    ),
  ),
  row(
    "a runner's 400 on /llm, and a result that could not be fetched",
    goJson(500, '{"error":{"message":"Internal Server Error"}}\n'),
    inferenceFailed(500, "Internal Server Error"),
  ),
  row("the retry window has passed", goJson(503, '{"error":{"message":"Service Unavailable Error"}}\n'), unavailable()),
  row("no session at all: the gateway panics", { kind: "closed" }, closed, ["go-livepeer"]),
  row("a connection that closes without a byte", { kind: "closed" }, outcomeUnknown(null), others("go-livepeer")),
  row("all retries used up, of a pipeline that returns text", goJson(200, "null\n"), empty()),
  row("another method than POST on a pipeline's path", goNothing(200), empty()),
  row("an unknown path", goText(404, "404 page not found\n"), notOffered),
  row("/health, which a gateway does not have", goText(404, "404 page not found\n"), notOffered),
  row("a pipeline that was retired", goJson(410, '{"error":{"message":"text-to-image has been removed"}}\n'), retired),
  row(
    "a pipeline that was retired, in plain text and with a date",
    answer(410, "text-to-image has been removed\n", {
      "content-type": "text/plain; charset=utf-8",
      deprecation: "@1788220800",
      sunset: "Tue, 01 Sep 2026 00:00:00 GMT",
    }),
    retired,
  ),
  row(
    "an id of image-to-video that nobody knows",
    goJson(400, '{"error":{"message":"invalid request ID"}}\n'),
    invalid(400, ["", "invalid request ID"]),
  ),
];
