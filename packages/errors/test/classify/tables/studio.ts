/** Notes on gateways, 2.5: what Studio answers on /api/generate and /api/beta/generate. */
import { answer, express, goJson, key } from "../../wire.ts";
import {
  type Facts,
  forbidden,
  inferenceFailed,
  invalid,
  masked,
  notOffered,
  rateLimited,
  tooLarge,
  unauthorized,
  unsupported,
  waiting,
} from "../facts.ts";
import { others, row, type Row } from "../table.ts";

/** Studio's own words for an upstream failure; in another dialect they are nobody's, and the 500 is a 500. */
const mask = (what: string, said: string): ReadonlyArray<Row> => {
  const wire = express(500, `{"errors":["${said}"]}`);
  return [
    row(what, wire, masked, ["studio"]),
    row(`${what}: not a mask`, wire, inferenceFailed(500, said), others("studio")),
  ];
};

const refused = (what: string, body: string, is: Facts): Row => row(what, express(403, body), is);

/** Each entry is one ajv error, as JSON in a string. */
const ajv = (what: string, body: string, path: string, message: string): Row =>
  row(what, express(422, body), invalid(422, [path, message]));

export const studio: ReadonlyArray<Row> = [
  row(
    "no Authorization, or one that its header's expression does not match",
    express(401, '{"errors":["request is not authenticated"]}'),
    unauthorized("missing"),
  ),
  row("an unknown key, which is echoed", express(401, `{"errors":["no token ${key} found"]}`), unauthorized()),
  row(
    "another scheme than Bearer, Basic or JWT",
    express(401, '{"errors":["unsupported authorization header scheme: Token"]}'),
    unauthorized("scheme"),
  ),
  refused("a suspended user", '{"errors":["user is suspended"]}', forbidden({ reason: "suspended" })),
  refused(
    "an unverified e-mail address",
    '{"errors":["user ann@example.com has not been verified. please check your inbox for verification email."]}',
    forbidden({ reason: "unverified" }),
  ),
  refused(
    "a CORS key from a wrong origin",
    '{"errors":["credential disallows CORS access from origin https://shop.example"]}',
    forbidden({ reason: "cors-origin" }),
  ),
  refused(
    "a CORS key with the default rules",
    '{"errors":["access forbidden for CORS-enabled API key with restricted access"]}',
    forbidden({ reason: "cors-key" }),
  ),
  refused(
    "a key with limited rules, as Studio spells it",
    '{"errors":["credential has insufficent privileges"]}',
    forbidden({ reason: "privileges" }),
  ),
  refused(
    "a key with limited rules, should the spelling be mended",
    '{"errors":["credential has insufficient privileges"]}',
    forbidden({ reason: "privileges" }),
  ),
  refused("a reason that is not known here", '{"errors":["not on Sundays"]}', forbidden({ detail: "not on Sundays" })),
  row("GET, or an unknown pipeline", express(404, '{"errors":["not found"]}'), notOffered),
  row(
    "a body that is not JSON",
    express(400, '{"errors":["Unexpected token } in JSON at position 18"]}'),
    invalid(400, ["", "Unexpected token } in JSON at position 18"]),
  ),
  row(
    "JSON over 100 kB",
    express(413, '{"errors":["request entity too large"]}'),
    tooLarge(413, "request entity too large"),
  ),
  ajv(
    "a missing field",
    '{"errors":["{\\"instancePath\\":\\"\\",\\"schemaPath\\":\\"#/required\\",\\"keyword\\":\\"required\\",\\"params\\":{\\"missingProperty\\":\\"prompt\\"},\\"message\\":\\"must have required property \'prompt\'\\"}"]}',
    "prompt",
    "must have required property 'prompt'",
  ),
  ajv(
    "a field of a wrong type",
    '{"errors":["{\\"instancePath\\":\\"/width\\",\\"schemaPath\\":\\"#/properties/width/type\\",\\"keyword\\":\\"type\\",\\"params\\":{\\"type\\":\\"integer\\"},\\"message\\":\\"must be integer\\"}"]}',
    "width",
    "must be integer",
  ),
  ajv(
    "an unknown field",
    '{"errors":["{\\"instancePath\\":\\"\\",\\"schemaPath\\":\\"#/additionalProperties\\",\\"keyword\\":\\"additionalProperties\\",\\"params\\":{\\"additionalProperty\\":\\"steps\\"},\\"message\\":\\"must NOT have additional properties\\"}"]}',
    "steps",
    "must NOT have additional properties",
  ),
  ajv(
    "a field that is missing within another",
    '{"errors":["{\\"instancePath\\":\\"/messages/0\\",\\"schemaPath\\":\\"#/required\\",\\"keyword\\":\\"required\\",\\"params\\":{\\"missingProperty\\":\\"role\\"},\\"message\\":\\"must have required property \'role\'\\"}"]}',
    "messages.0.role",
    "must have required property 'role'",
  ),
  ajv(
    "a field whose name a JSON pointer escapes",
    '{"errors":["{\\"instancePath\\":\\"/a~1b~0c\\",\\"schemaPath\\":\\"#/x\\",\\"keyword\\":\\"type\\",\\"params\\":{\\"type\\":\\"number\\"},\\"message\\":\\"must be number\\"}"]}',
    "a/b~c",
    "must be number",
  ),
  ajv(
    "a prompt that begins with a number, which its multipart parser took for one",
    '{"errors":["{\\"instancePath\\":\\"/prompt\\",\\"schemaPath\\":\\"#/properties/prompt/type\\",\\"keyword\\":\\"type\\",\\"params\\":{\\"type\\":\\"string\\"},\\"message\\":\\"must be string\\"}"]}',
    "prompt",
    "must be string",
  ),
  row(
    "two mistakes",
    express(
      422,
      '{"errors":["{\\"instancePath\\":\\"/width\\",\\"message\\":\\"must be integer\\"}","{\\"instancePath\\":\\"/height\\",\\"message\\":\\"must be integer\\"}"]}',
    ),
    invalid(422, ["width", "must be integer"], ["height", "must be integer"]),
  ),
  row(
    "a multipart route without multipart",
    express(422, '{"errors":["Expected multipart/form-data content-type"]}'),
    unsupported(422, "Expected multipart/form-data content-type"),
  ),
  row("a file over 10 MiB", express(422, '{"errors":["File too large"]}'), tooLarge(422, "File too large")),
  row(
    "a text that is too long",
    express(422, '{"errors":["Field value too long"]}'),
    tooLarge(422, "Field value too long"),
  ),
  row(
    "the rate limit",
    express(429, '{"errors":["Too many AI requests"]}', { "retry-after": "17" }),
    rateLimited(waiting(17_000)),
  ),
  row("the rate limit without a time", express(429, '{"errors":["Too many AI requests"]}'), rateLimited()),
  ...mask("an upstream 5xx", "Failed to generate text-to-image"),
  ...mask("an upstream 5xx of another pipeline", "Failed to generate audio-to-text"),
  ...mask("an upstream that closed its socket", "Internal server error: FetchError"),
  ...mask("an upstream that kept silent for 10 minutes", "Internal server error: undefined"),
  row(
    "its upstream's 400, with the upstream's own body and label",
    answer(400, '{"error":{"message":": Prompt must be provided."}}\n', {
      "content-type": "application/json",
      vary: "Authorization",
    }),
    invalid(400, ["", "Prompt must be provided."]),
  ),
  row(
    "its upstream's 400 for another form",
    goJson(400, '{"error":{"message":"request Content-Type isn\'t multipart/form-data"}}\n'),
    unsupported(400, "request Content-Type isn't multipart/form-data"),
  ),
  row("no upstream is configured", express(500, '{"errors":["AI Gateway URL is not set"]}'), notOffered),
  row(
    "a failure of its own that resembles the mask",
    express(500, '{"errors":["Internal server error: TypeError"]}'),
    inferenceFailed(500, "Internal server error: TypeError"),
  ),
  row(
    "the masking words under a status that does not mask",
    express(400, '{"errors":["Failed to generate text-to-image"]}'),
    invalid(400, ["", "Failed to generate text-to-image"]),
  ),
];
