/** Bodies that several tests need, byte for byte as the programs on the way write them. */
import type { Answer } from "../src/index.ts";
import { answer } from "./wire.ts";

/** nginx's own page for a status. */
export const nginx = (status: number, title: string, version = "nginx/1.25.3"): string =>
  `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n` +
  `<hr><center>${version}</center>\r\n</body>\r\n</html>\r\n`;

/** The beginning and the end of Cloudflare's page for a failure of the origin. */
export const cloudflare = (status: number, title: string): string =>
  "<!DOCTYPE html>\n" +
  '<!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]-->\n' +
  '<!--[if gt IE 8]><!--> <html class="no-js" lang="en-US"> <!--<![endif]-->\n' +
  `<head>\n<title>livepeer.studio | ${status}: ${title}</title>\n<meta charset="UTF-8" />\n</head>\n` +
  `<body>\n<div id="cf-wrapper"><h1><span>${title}</span><span>Error code ${status}</span></h1>\n` +
  "<span>Cloudflare Ray ID: <strong>8f3c1d2e4a5b6c7d</strong></span></div>\n</body>\n</html>\n";

/** Cloudflare's question whether a person is asking. */
export const challenge =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>' +
  '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>' +
  "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>";

/** Pages of all sorts: what makes one is its beginning. */
export const pages = {
  nginx: nginx(502, "Bad Gateway"),
  cloudflare: cloudflare(524, "A timeout occurred"),
  challenge,
  apache:
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head></html>\n',
  haproxy:
    "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>",
  login: '\n  <!doctype html><html><body><form action="/login"></form></body></html>',
  headOnly: "<head><title>Sign in</title></head>",
  bodyOnly: "<body>It works!</body>",
  comment: "<!-- served by portal-7 -->\n<!DOCTYPE html>\n<html></html>\n",
  xml: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
} as const;

/** A page as each server labels it. */
export const byNginx = (status: number, title: string): Answer =>
  answer(status, nginx(status, title), { server: "nginx/1.25.3", "content-type": "text/html" });

export const byCloudflare = (status: number, page: string, headers: Answer["headers"] = {}): Answer =>
  answer(status, page, {
    server: "cloudflare",
    "content-type": "text/html; charset=UTF-8",
    "cf-ray": "8f3c1d2e4a5b6c7d-FRA",
    ...headers,
  });

export const image = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';

/** The first bytes of a PNG file. */
export const png = new Uint8Array([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d],
  ...[0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x04, 0x00],
]);

const id = "chatcmpl-0b7de1f4-5c3a-4f10-9b1d-e2a45c3a9f10";

/** One chunk of go-livepeer's token streams: an empty `finish_reason`, and the usage so far, in every one. */
const chunk = (content: string, finishReason: string, tokens: number): string =>
  `data: {"choices":[{"delta":{"content":"${content}","role":"assistant"},"finish_reason":"${finishReason}","index":0}],` +
  `"created":1766000000,"id":"${id}","model":"meta-llama/Meta-Llama-3.1-8B-Instruct",` +
  `"usage":{"completion_tokens":${tokens},"prompt_tokens":12,"total_tokens":${12 + tokens}}}\n\n`;

/** A whole answer of go-livepeer's `/llm`: it ends with a `finish_reason`, and there is no `[DONE]`. */
export const tokens = {
  /** As they come; the last one is empty but for its `finish_reason`. */
  chunks: [chunk("Hel", "", 1), chunk("lo", "", 2), chunk("", "stop", 2)],
  /** How many pieces of text they hold. */
  pieces: 2,
} as const;

export const stream = tokens.chunks.join("");
