/** Headers that a client may send beside its body, as they should not be. */
import fc from "fast-check";

export type Headers = Readonly<Record<string, string>>;

/** What HTTP lets a header hold. */
const fieldText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map(String.fromCharCode),
  maxLength: 200,
});

const odd = (name: string, ...values: ReadonlyArray<string>) =>
  fc.oneof(fc.constantFrom(...values), fieldText).map((value): Headers => ({ [name]: value.trim() }));

/** All but who asks. */
export const oddHeaders: fc.Arbitrary<Headers> = fc.oneof(
  odd("x-request-id", "", "a", "a b", "x".repeat(129), "ünï", "req:1", "../..", "__proto__"),
  odd(
    "x-sluice-max-cost",
    "",
    "0",
    "-1",
    "1",
    "0.05",
    "1e-9",
    "1e400",
    "$1",
    "NaN",
    "Infinity",
    "0x10",
    ".5",
    "1,5",
    "9".repeat(400),
  ),
  odd("traceparent", "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0-0-0", "ff-0-0-0"),
  odd("accept", "", "text/html", "text/event-stream", "application/xml;q=0"),
  odd("content-encoding", "gzip", "identity", "br, gzip"),
  odd("range", "bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,1-1", "lines=1"),
  odd("if-none-match", "*", '"x"', "W/"),
  odd("if-range", '"x"', "Mon, 01 Jan 2024 00:00:00 GMT"),
  odd("origin", "null", "https://elsewhere.example", "http://"),
  odd("x-forwarded-for", "127.0.0.1", "::1, 10.0.0.1"),
  odd("x-forwarded-proto", "https", "javascript"),
  odd("cookie", "a=b", "__proto__=1"),
  odd("user-agent", "", "curl/8"),
);

/** In place of a key. */
export const oddKeys: fc.Arbitrary<Headers> = fc.oneof(
  fc.constant({}),
  odd(
    "authorization",
    "",
    "Bearer",
    "Bearer ",
    "Basic YTpi",
    "bearer x",
    `Bearer slk_live_${"a".repeat(60)}`,
    "Bearer a b",
  ),
);

export const oddContentTypes = fc.constantFrom(
  ...[
    "",
    "text/plain",
    "text/html; charset=utf-8",
    "application/xml",
    "application/x-www-form-urlencoded",
    "image/png",
  ],
  ...[
    "application/json; charset=latin1",
    "APPLICATION/JSON",
    "application/json;",
    "application/jsonx",
    "application/json, text/plain",
  ],
  ...[
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=elsewhere",
    "multipart/mixed; boundary=x",
  ],
  ...[`multipart/form-data; boundary="${"b".repeat(300)}"`, "application/problem+json", "*/*", "/", "a", "__proto__"],
);
