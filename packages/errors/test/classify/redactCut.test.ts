/** A text that was cut ends with the beginning of a key: in the middle of an escape, or of a character's bytes. */
import { describe, expect, it } from "@effect/vitest";
import { redact } from "../../src/index.ts";
import { oddKeys, reversible, type Spelling, spellings } from "../keys.ts";

/** The lengths of a key's spelling after each of its characters, in bytes. */
const endsOf = (key: string, name: Spelling): ReadonlyArray<number> => {
  const letters = Array.from(key);
  return letters.map((_, index) => Buffer.byteLength(spellings[name](letters.slice(0, index + 1).join(""))));
};

describe.each(oddKeys)("a key with %s, cut at every byte", (_, key) => {
  it.each(reversible)("is gone, or has fewer than six characters left: %s", (name) => {
    const bytes = Buffer.from(spellings[name](key));
    const ends = endsOf(key, name);
    const flaws: Array<string> = [];
    for (let length = 0; length <= bytes.length; length++) {
      const text = `no token ${new TextDecoder().decode(bytes.subarray(0, length))}`;
      const clean = redact(text, [key]);
      const shown = ends.filter((end) => end <= length).length;
      if (clean !== "no token <redacted>" && !(shown < 6 && clean === text)) flaws.push(`${text} → ${clean}`);
    }
    expect(flaws).toEqual([]);
  });
});

describe("the end of a text", () => {
  const key = "sk-live-7c1d0e5f";

  it("is no key when it has too little of one", () => {
    for (const text of ["we need sk-l", "we need sk-", "50%", "a & b", "C:\\", "%4", "x\\u00"]) {
      expect(redact(text, [key])).toBe(text);
    }
  });

  it("may be a broken escape after a key, which goes with it", () => {
    for (const broken of ["%", "%4", "\\", "\\u00", "&amp", "&#3", "%%", "\\%4"]) {
      expect(redact(`no token ${key}${broken}`, [key])).toBe("no token <redacted>");
    }
  });

  it("is the only place where so little of a key is taken for it", () => {
    expect(redact("sk-live", [key])).toBe("<redacted>");
    expect(redact("sk-live.", [key])).toBe("sk-live.");
  });
});
