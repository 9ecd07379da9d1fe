/**
 * What Node's parser takes and a proxy in front of it may read in another way: two names for the host, two keys, a target that
 * is a whole URL, another protocol. Whoever is unsure of a request must refuse it, or the two disagree on what was allowed.
 */
import type { IncomingMessage } from "node:http";

/** Node keeps the first of each, or joins them; the next proxy may keep the last. */
const single: ReadonlySet<string> = new Set([
  "authorization",
  "content-length",
  "content-type",
  "expect",
  "host",
  "transfer-encoding",
]);

/** A name or an IPv4 address, or an IPv6 address in brackets, and a port. */
const hostForm = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

const slash = 47;

export type RequestHead = Pick<IncomingMessage, "url" | "httpVersion" | "headers" | "rawHeaders">;

/** Why a request has more than one meaning, as a sentence; `undefined`: it has one. Repeats nothing that was sent. */
export const ambiguityIn = ({ url = "", httpVersion, headers, rawHeaders }: RequestHead): string | undefined => {
  if (url.charCodeAt(0) !== slash) return "The target of the request must be a path that begins with `/`.";
  if (httpVersion !== "1.1" && httpVersion !== "1.0") return "The request must be HTTP/1.1.";
  const twice = repeatedIn(rawHeaders);
  if (twice !== undefined) return `There must be one ${twice} header, not several.`;
  const { host, expect, "transfer-encoding": coding } = headers;
  if (host === undefined ? httpVersion === "1.1" : !hostForm.test(host)) {
    return "The Host header must be the name of a host, with its port.";
  }
  if (headers.upgrade !== undefined || headers["http2-settings"] !== undefined) {
    return "There is no other protocol to upgrade to.";
  }
  if (coding !== undefined && httpVersion === "1.0") return "Transfer-Encoding needs HTTP/1.1.";
  if (coding !== undefined && coding.toLowerCase() !== "chunked")
    return "Transfer-Encoding must be chunked, if anything.";
  if (expect !== undefined && expect.toLowerCase() !== "100-continue")
    return "Expect must be 100-continue, if anything.";
  return undefined;
};

/** The first of the single headers that is there again. */
const repeatedIn = (rawHeaders: ReadonlyArray<string>): string | undefined => {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
};
