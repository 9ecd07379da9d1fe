/** A key within base64 of more: it looks differently after none, one or two other bytes, and none of it may decode. */
import { describe, expect, it } from "@effect/vitest";
import fc from "fast-check";
import { redact } from "../../src/index.ts";
import { decodes, oddKeys } from "../keys.ts";

const key = "sk-live-7c1d0e5f";

/** How base64 travels. */
const wraps: ReadonlyArray<readonly [string, (bytes: Uint8Array) => string]> = [
  ["base64", (bytes) => Buffer.from(bytes).toString("base64")],
  ["base64 without padding", (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "")],
  ["base64url", (bytes) => Buffer.from(bytes).toString("base64url")],
  ["base64 in a query", (bytes) => encodeURIComponent(Buffer.from(bytes).toString("base64"))],
  ["base64 in a query, in lower case", (bytes) => lower(encodeURIComponent(Buffer.from(bytes).toString("base64")))],
  ["base64 in a form that was read", (bytes) => Buffer.from(bytes).toString("base64").replaceAll("+", " ")],
  ["base64 in PHP's JSON", (bytes) => Buffer.from(bytes).toString("base64").replaceAll("/", "\\/")],
  [
    "base64 in HTML",
    (bytes) => Buffer.from(bytes).toString("base64").replaceAll("+", "&#43;").replaceAll("/", "&#x2F;"),
  ],
];

const lower = (text: string): string => text.replace(/%../g, (escape) => escape.toLowerCase());

/** Undoes what `wraps` did, so that what is left can be decoded. */
const unwrapped = (text: string): string =>
  decodeURIComponent(text)
    .replaceAll("\\/", "/")
    .replaceAll("&#43;", "+")
    .replaceAll("&#x2F;", "/")
    .replaceAll(" ", "+");

describe.each(wraps)("a key in %s", (_, wrap) => {
  const wrapped = (text: string): string => wrap(Buffer.from(text));

  it.each(["", "user:", "u:", "us:", "{'a':1,'key':'", "\u{1f511}"])("is hidden after %j", (before) => {
    for (const after of ["", ":", "\n", "x:y", "'}"]) {
      for (const [, odd] of [...oddKeys, ["", key] as const]) {
        const clean = redact(`no token ${wrapped(before + odd + after)} found`, [odd]);
        expect(clean).toMatch(/^no token .*<redacted>.* found$/);
        expect(decodes(unwrapped(clean), odd)).toBe(false);
      }
    }
  });

  it("is hidden between any bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 5 });
    const secrets = fc.string({ minLength: 4, maxLength: 40 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(bytes, secrets, bytes, (before, secret, after) => {
        const clean = redact(`[${wrap(Buffer.concat([before, Buffer.from(secret), after]))}]`, [secret]);
        expect(clean).toMatch(/^\[.*<redacted>.*\]$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what is left of base64", () => {
  it.each([
    ["", "", "<redacted>=="],
    ["", "x", "<redacted>ng="],
    ["u", "", "dX<redacted>="],
    ["us", "", "dXN<redacted>"],
    ["user:", "", "dXNlcjp<redacted>"],
    ["me:", "x", "bWU6<redacted>ng="],
  ])("tells what stood before a key and after it: %j, %j", (before, after, left) => {
    expect(redact(Buffer.from(before + key + after).toString("base64"), [key])).toBe(left);
  });

  it("is the text of anything else", () => {
    const other = Buffer.from("sk-test-7c1d0e5f").toString("base64");
    expect(redact(other, [key])).toBe(other);
  });

  it("is found in no word by chance, as three characters of a short key would be", () => {
    expect(redact("YWJj YWJjZA", ["abc"])).toBe("<redacted> <redacted>ZA");
    expect(redact("xYWIx", ["ab"])).toBe("xYWIx");
  });
});

describe("a key in base64 that was cut", () => {
  it.each(oddKeys)("with %s tells less than six of its characters", (_, odd) => {
    for (const before of ["", "u", "us", "user:"]) {
      const whole = Buffer.from(`${before}${odd}:`).toString("base64");
      const beginning = Array.from(odd).slice(0, 6).join("");
      for (let length = 0; length <= whole.length; length++) {
        const clean = redact(`no token ${whole.slice(0, length)}`, [odd]);
        expect([length, decodes(clean, beginning)]).toEqual([length, false]);
      }
    }
  });

  it("may go on with something else when its beginning is telling", () => {
    const whole = Buffer.from(key).toString("base64");
    expect(redact(`${whole.slice(0, 16)}... found`, [key])).toBe("<redacted>... found");
    expect(redact(`${whole.slice(0, 15)}... found`, [key])).toBe(`${whole.slice(0, 15)}... found`);
    expect(decodes(whole.slice(0, 15), key.slice(0, 12))).toBe(false);
  });
});
