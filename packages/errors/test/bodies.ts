/** Bodies of gateways, byte for byte, as their code writes them. F1 to F20 are the rows of the notes on gateways. */
import { answer, key } from "./wire.ts";

export const html = {
  nginx:
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n" +
    "<hr><center>nginx/1.25.3</center>\r\n</body>\r\n</html>\r\n",
  cloudflare:
    '<!DOCTYPE html>\n<!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]-->\n<head>\n' +
    "<title>livepeer.studio | 524: A timeout occurred</title></head><body>Ray ID: 8f3c</body></html>",
  apache:
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head></html>\n',
  login: '\n  <!doctype html><html><body><form action="/login"></form></body></html>',
  xml: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
} as const;

/** What go-livepeer's `respondJsonError` and Go's mux write. */
export const goLivepeer = {
  unavailable: '{"error":{"message":"Service Unavailable Error"}}\n',
  empty: "null\n",
  internal: '{"error":{"message":"Internal Server Error"}}\n',
  prompt: '{"error":{"message":": Prompt must be provided."}}\n',
  width:
    '{"error":{"message":"json: cannot unmarshal string into Go struct field TextToImageParams.width of type int"}}\n',
  notFound: "404 page not found\n",
} as const;

/** What Studio's controllers and middleware write. */
export const studio = {
  failed: '{"errors":["Failed to generate text-to-image"]}',
  fetchError: '{"errors":["Internal server error: FetchError"]}',
  timedOut: '{"errors":["Internal server error: undefined"]}',
  unset: '{"errors":["AI Gateway URL is not set"]}',
  tooMany: '{"errors":["Too many AI requests"]}',
  unknownKey: `{"errors":["no token ${key} found"]}`,
  anonymous: '{"errors":["request is not authenticated"]}',
  widthType:
    '{"errors":["{\\"instancePath\\":\\"/width\\",\\"schemaPath\\":\\"#/properties/width/type\\",\\"keyword\\":\\"type\\",\\"params\\":{\\"type\\":\\"integer\\"},\\"message\\":\\"must be integer\\"}"]}',
  promptMissing:
    '{"errors":["{\\"instancePath\\":\\"\\",\\"schemaPath\\":\\"#/required\\",\\"keyword\\":\\"required\\",\\"params\\":{\\"missingProperty\\":\\"prompt\\"},\\"message\\":\\"must have required property \'prompt\'\\"}"]}',
  fieldUnknown:
    '{"errors":["{\\"instancePath\\":\\"\\",\\"schemaPath\\":\\"#/additionalProperties\\",\\"keyword\\":\\"additionalProperties\\",\\"params\\":{\\"additionalProperty\\":\\"steps\\"},\\"message\\":\\"must NOT have additional properties\\"}"]}',
  tooLarge: '{"errors":["request entity too large"]}',
  cors: '{"errors":["access forbidden for CORS-enabled API key with restricted access"]}',
  suspended: '{"errors":["user is suspended"]}',
  notFound: '{"errors":["not found"]}',
} as const;

/** What an ai-runner (FastAPI) writes when it is called directly. */
export const runner = {
  prompt: '{"detail":{"msg":"Prompt must be provided."}}',
  fieldRequired: '{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}',
  token: '{"detail":{"msg":"Invalid bearer token."}}',
  outOfMemory: '{"detail":{"msg":"Out of memory error. Try reducing output image resolution."}}',
} as const;

export const image = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';

/** Every answer above, under a status that it comes with. */
export const answers = [
  answer(200, image),
  answer(200, goLivepeer.empty),
  answer(503, goLivepeer.unavailable),
  answer(500, goLivepeer.internal),
  answer(400, goLivepeer.prompt),
  answer(400, goLivepeer.width),
  answer(404, goLivepeer.notFound),
  ...[studio.failed, studio.fetchError, studio.timedOut, studio.unset].map((body) => answer(500, body)),
  answer(429, studio.tooMany, { "retry-after": "17" }),
  ...[studio.unknownKey, studio.anonymous].map((body) => answer(401, body)),
  ...[studio.widthType, studio.promptMissing, studio.fieldUnknown].map((body) => answer(422, body)),
  answer(413, studio.tooLarge),
  ...[studio.cors, studio.suspended].map((body) => answer(403, body)),
  answer(404, studio.notFound),
  answer(400, runner.prompt),
  answer(422, runner.fieldRequired),
  answer(401, runner.token, { "www-authenticate": "Bearer" }),
  answer(500, runner.outOfMemory),
  ...Object.values(html).flatMap((body) => [200, 403, 502, 504, 524].map((status) => answer(status, body))),
];
