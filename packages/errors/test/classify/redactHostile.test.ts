/**
 * A gateway may answer anything, and anything may be configured as a key. Neither may hang a program: a search that takes
 * the square of a text's length would be stopped by the time that a test has.
 */
import { describe, expect, it } from "@effect/vitest";
import { redact } from "../../src/index.ts";

const megabyte = 1_000_000;
/** Long enough for a square to be noticed; a megabyte of everything would take the machine's time. */
const long = megabyte / 5;

const filledWith = (piece: string, length = long): string => piece.repeat(Math.floor(length / piece.length));

const key = "sk-live-7c1d0e5f";

const staysAsItIs = (text: string): void => {
  expect(redact(text, [key]) === text).toBe(true);
  expect(redact(`${text}${key}`, [key]) === `${text}<redacted>`).toBe(true);
};

describe("a long text of nothing but", () => {
  it.each(["\\", "%25", "A", "&amp;", "sk-live-"])("%j stays as it is, a megabyte of it", (piece) => {
    staysAsItIs(`${filledWith(piece, megabyte)}.`);
  });

  it.each([
    ...["\\u", "\\u00", '\\"', "\\x", "%", "%5C", "%u", "25", "&", "amp;", "&#", "&#x", "&amp;#"],
    ...[" ", "+", "ü", "\ud83d", "bearer", "basic", "'", "=", "<redacted>", "sk-l", "c2stbGl2"],
  ])("%j stays as it is", (piece) => {
    staysAsItIs(`${filledWith(piece)}.`);
  });

  it.each([
    ["bearer ", "bearer <redacted> bearer <redacted>"],
    ["basic:", "basic:<redacted>"],
  ])("%j hides what follows", (piece, clean) => {
    expect(redact(filledWith(piece), [key]).startsWith(clean)).toBe(true);
  });

  it.each([
    ["the key", filledWith(key)],
    ["the key, escaped", filledWith("%73k-live-7c1d0e5f")],
  ])("%s is one mark", (_, text) => {
    expect(redact(text, [key])).toBe("<redacted>");
  });

  it.each(["A", "\\", "%25", "ab", "&amp;", "%5C"])("%j, which a long key begins with, has one end", (piece) => {
    const odd = `${piece.repeat(2_000)}!`;
    expect(redact(`no token ${filledWith(piece)}! found`, [odd])).toMatch(/^no token .{0,4}<redacted>!? found$/);
  });
});

describe("a key", () => {
  it.each([1, 2, 3, 4, 36, 2_000, 200_000])("of %i characters is found", (length) => {
    const any = Array.from({ length }, (_, index) => ((index * 7919) % 36).toString(36)).join("");
    expect(redact(`(${any})`, [any])).toBe("(<redacted>)");
  });

  it.each(["\\", "%25", "&amp;", "%5C", "\\\\u005c"])("of many %j is found, and takes no longer", (piece) => {
    const odd = `${piece.repeat(40)}x`;
    expect(redact(`no token ${odd} found`, [odd])).toBe("no token <redacted> found");
    expect(redact(`no token ${piece.repeat(39)} found`, [odd])).toMatch(/^no token .* found$/);
  });

  it.each(["a", "ab", "%", "\\", "&", "+"])("as short as %j is taken out everywhere", (short) => {
    const clean = redact(`${filledWith(short)} token`, [short]);
    expect(clean.length).toBeLessThan(100);
    expect(clean.startsWith("<redacted>")).toBe(true);
  });
});
