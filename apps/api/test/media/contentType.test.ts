import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { contentTypeOf, isShown } from "../../src/media/contentType.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("the content type of a file", () => {
  it.each([
    ["image/png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    ["image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF"],
    ["image/gif", "GIF89a\x01\0"],
    ["image/gif", "GIF87a\x01\0"],
    ["image/webp", "RIFF\n\r\0\0WEBPVP8 "],
    ["audio/wav", "RIFF\n\r\0\0WAVEfmt "],
    ["video/mp4", "\0\0\0 ftypisom\0\0\x02\0"],
    ["video/mp4", "\0\0\0\x1cftypmp42\0\0\0\0"],
    ["video/webm", "\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"],
    ["audio/flac", "fLaC\0\0\0\x22"],
    ["audio/mpeg", "ID3\x04\0\0"],
    ["audio/mpeg", "\xff\xfb\x90\x64"],
    ["audio/mpeg", "\xff\xf3\x84\xc4"],
  ])("is %s by its first bytes", (type, head) => {
    assert.strictEqual(contentTypeOf(latin1(head)), type);
    assert.isTrue(isShown(type));
  });

  it.each([
    ["HTML", "<!doctype html><script>"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg">'],
    ["SVG with a prolog", '<?xml version="1.0"?><svg>'],
    ["PDF", "%PDF-1.7"],
    ["Matroska", "\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska"],
    ["AVIF", "\0\0\0 ftypavif"],
    ["HTML behind a line", "\nGIF89a"],
    ["AAC", "\xff\xf1\x50\x80"],
    ["half a sign", "\x89PNG"],
    ["nothing", ""],
  ])("is that of unknown bytes for %s, which no browser shows", (_, head) => {
    const type = contentTypeOf(latin1(head));
    assert.strictEqual(type, "application/octet-stream");
    assert.isFalse(isShown(type));
  });

  it("is of the bytes that are in view, wherever they lie in memory", () => {
    const beside = fc.uint8Array({ maxLength: 20 });
    fc.assert(
      fc.property(beside, beside, (before, after) => {
        const all = Buffer.concat([before, latin1("GIF89a"), after]);
        assert.strictEqual(contentTypeOf(new Uint8Array(all).subarray(before.length)), "image/gif");
      }),
      { numRuns: 50 },
    );
  });
});
