/** Notes on gateways, 12: the failure samples F1 to F20 that every client must classify. */
import { image, nginx, stream, tokens } from "../../bodies.ts";
import { answer, express, fastApi, goJson, goNothing, goText, key, sse } from "../../wire.ts";
import {
  closed,
  empty,
  emptyResult,
  forbidden,
  givenUp,
  inferenceFailed,
  invalid,
  masked,
  noOrchestrator,
  notOffered,
  outcomeUnknown,
  rateLimited,
  retired,
  truncated,
  unauthorized,
  unavailable,
  unproxied,
  waiting,
} from "../facts.ts";
import { others, row, type Row } from "../table.ts";

const failed = express(500, '{"errors":["Failed to generate text-to-image"]}');
const fetchError = express(500, '{"errors":["Internal server error: FetchError"]}');
const noOne = goText(400, "No orchestrators found for capability my-cap\n");
const page = (status: number, title: string) => answer(status, nginx(status, title), { "content-type": "text/html" });

export const samples: ReadonlyArray<Row> = [
  row("F1", goJson(503, '{"error":{"message":"Service Unavailable Error"}}\n'), unavailable()),
  row("F2", { kind: "closed" }, closed, ["go-livepeer"]),
  row("F2, elsewhere", { kind: "closed" }, outcomeUnknown(null), others("go-livepeer")),
  row("F3", goJson(200, "null\n"), empty()),
  row(
    "F4",
    goJson(500, '{"error":{"message":"Internal Server Error"}}\n'),
    inferenceFailed(500, "Internal Server Error"),
  ),
  row(
    "F5",
    goJson(400, '{"error":{"message":": Prompt must be provided."}}\n'),
    invalid(400, ["", "Prompt must be provided."]),
  ),
  row("F6", failed, masked, ["studio"]),
  row("F6, elsewhere", failed, inferenceFailed(500, "Failed to generate text-to-image"), others("studio")),
  row("F7", fetchError, masked, ["studio"]),
  row("F7, elsewhere", fetchError, inferenceFailed(500, "Internal server error: FetchError"), others("studio")),
  row("F8", express(429, '{"errors":["Too many AI requests"]}', { "retry-after": "17" }), rateLimited(waiting(17_000))),
  row("F9", express(401, `{"errors":["no token ${key} found"]}`), unauthorized()),
  row(
    "F10",
    express(
      422,
      '{"errors":["{\\"instancePath\\":\\"/width\\",\\"schemaPath\\":\\"#/properties/width/type\\",\\"keyword\\":\\"type\\",\\"params\\":{\\"type\\":\\"integer\\"},\\"message\\":\\"must be integer\\"}"]}',
    ),
    invalid(422, ["width", "must be integer"]),
  ),
  row(
    "F11",
    express(403, '{"errors":["access forbidden for CORS-enabled API key with restricted access"]}'),
    forbidden({ reason: "cors-key" }),
  ),
  row("F12, go-livepeer's", goText(404, "404 page not found\n"), notOffered),
  row("F12, Studio's", express(404, '{"errors":["not found"]}'), notOffered),
  row("F13", goNothing(200), empty()),
  ...["", "Gone\n", "<html></html>", '{"error":{"message":"use the live runner"}}\n', image, "\u0000\u00ff"].map(
    (body) => row(`F14 with ${JSON.stringify(body.slice(0, 20))}`, answer(410, body), retired),
  ),
  row("F15: 502", page(502, "Bad Gateway"), unproxied(502)),
  row("F15: 504", page(504, "Gateway Time-out"), givenUp(504)),
  row("F15: 524", page(524, "A timeout occurred"), givenUp(524)),
  row("F16, after some text", sse(tokens.chunks.slice(0, -1).join("")), truncated(tokens.pieces)),
  row("F16, before any text", sse(""), truncated(0)),
  row("F16's opposite", sse(stream), "success"),
  row(
    "F17",
    fastApi(400, '{"detail":{"msg":"Prompt must be provided."}}'),
    invalid(400, ["", "Prompt must be provided."]),
  ),
  row(
    "F18",
    fastApi(422, '{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}'),
    invalid(422, ["prompt", "Field required"]),
  ),
  row("F19", noOne, noOrchestrator, others("runner")),
  row("F19, from a runner", noOne, invalid(400, ["", "No orchestrators found for capability my-cap"]), ["runner"]),
  row("F20", goJson(200, '{"images":[]}\n'), emptyResult),
];
