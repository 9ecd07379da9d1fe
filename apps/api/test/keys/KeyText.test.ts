import fc from "fast-check";
import { crc32 } from "node:zlib";
import { assert, describe, it } from "vitest";
import { holdsKey, mintKey, readKey } from "../../src/keys/KeyText.ts";

const env = fc.constantFrom("live", "test");

describe("the text of a key", () => {
  it("has a public part, a secret and a checksum, and is read again", () => {
    const text = mintKey("live");
    assert.match(text, /^slk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{36}$/);
    assert.deepStrictEqual(readKey(text), { id: text.slice(0, 21), env: "live" });
    assert.strictEqual(readKey(mintKey("test"))?.env, "test");
  });

  it("ends in the CRC-32 of all before it, in base 62", () => {
    const text = mintKey("live");
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const read = [...text.slice(-6)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
    assert.strictEqual(read, crc32(text.slice(0, -6)));
  });

  it("is another each time", () => {
    const texts = Array.from({ length: 200 }, () => mintKey("live"));
    assert.strictEqual(new Set(texts).size, 200);
    // Of 8,400 random characters, each of 62 comes 135 times; fewer than 60 is out of all likelihood.
    const random = texts.map((text) => text.slice(9, 21) + text.slice(22, -6)).join("");
    const counts = Map.groupBy(random, (character) => character);
    assert.strictEqual(counts.size, 62);
    for (const [character, { length }] of counts) assert.isAbove(length, 60, character);
  });

  it("with any one character changed is refused", () => {
    fc.assert(
      fc.property(env, fc.nat(57), fc.string({ minLength: 1, maxLength: 1 }), (of, at, character) => {
        const text = mintKey(of);
        fc.pre(text[at] !== character);
        assert.isUndefined(readKey(text.slice(0, at) + character + text.slice(at + 1)));
      }),
      { numRuns: 100 },
    );
  });

  it("with any one of its characters replaced by each other of the alphabet is refused", () => {
    const text = mintKey("live");
    for (let at = 0; at < text.length; at += 1) {
      for (const character of "09AZaz_") {
        if (character === text[at]) continue;
        assert.isUndefined(readKey(text.slice(0, at) + character + text.slice(at + 1)), `${at} ${character}`);
      }
    }
  });

  it("that is cut off, goes on, or is another thing is refused", () => {
    const text = mintKey("live");
    for (const other of [
      "",
      text.slice(0, -1),
      `${text}0`,
      `${text}\n`,
      ` ${text}`,
      text.toLowerCase(),
      "sk-proj-abc",
    ]) {
      assert.isUndefined(readKey(other), other);
    }
  });

  it("that has a right checksum and a wrong shape is refused", () => {
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const signed = (body: string): string => {
      const places = Array.from({ length: 6 }, (_, place) => Math.floor(crc32(body) / 62 ** (5 - place)) % 62);
      return body + places.map((digit) => digits.charAt(digit)).join("");
    };
    const body = mintKey("live").slice(0, -6);
    assert.isDefined(readKey(signed(body)));
    for (const other of [
      `${body}0`,
      body.slice(0, -1),
      body.replace("live", "prod"),
      `x${body}`,
      `${body.slice(0, -1)}-`,
    ]) {
      assert.isUndefined(readKey(signed(other)), other);
    }
  });

  it("is known inside of other text, also when it is cut off, and its public part is not taken for it", () => {
    const text = mintKey("live");
    for (const secret of [text, `Bearer ${text}`, text.slice(0, 30)]) assert.isTrue(holdsKey(secret), secret);
    for (const open of [text.slice(0, 21), "slk_live_", "web", ""]) assert.isFalse(holdsKey(open), open);
  });
});
