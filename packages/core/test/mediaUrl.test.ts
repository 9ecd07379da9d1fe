/** Addresses of results: what the platform's own parser makes of them, whichever way they are read. */
import fc from "fast-check";
import { assert, describe, it, vi } from "vitest";
import { mediaUrl } from "../src/media/mediaUrl.ts";

const bases = ["http://127.0.0.1:8935", "https://gateway.example/v1", "https://livepeer.studio/api/beta/generate"];

const parsed = (base: string, url: string): string | undefined => {
  const absolute = URL.parse(url, base);
  return absolute?.protocol === "http:" || absolute?.protocol === "https:" ? absolute.href : undefined;
};

describe("a result's address", () => {
  it.each([
    ["/stream/5c3a9f10/9b1de2a4.png", "https://gateway.example/stream/5c3a9f10/9b1de2a4.png"],
    ["https://objects.example/a/b.png?x=1", "https://objects.example/a/b.png?x=1"],
    ["//objects.example/a.png", "https://objects.example/a.png"],
    ["a.png", "https://gateway.example/a.png"],
    ["/a/../b.png", "https://gateway.example/b.png"],
    ["data:image/png;base64,AAAA", undefined],
    ["file:///etc/passwd", undefined],
    ["javascript:alert(1)", undefined],
  ])("%s is resolved against the gateway's", (url, absolute) => {
    assert.strictEqual(mediaUrl("https://gateway.example/v1", url), absolute);
  });

  it("is found by browsers that have no URL.parse", () => {
    vi.stubGlobal("URL", Object.assign(class extends URL {}, { parse: undefined }));
    assert.strictEqual(mediaUrl("https://gateway.example", "a.png"), "https://gateway.example/a.png");
    vi.unstubAllGlobals();
  });

  it("is what the platform makes of it, for anything", () => {
    const part = fc.stringMatching(/^[\w.%/\\?#: -]{0,12}$/);
    const path = fc.array(part, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(fc.constantFrom(...bases), fc.oneof(path, fc.webUrl(), fc.string()), (base, url) => {
        assert.strictEqual(mediaUrl(base, url), parsed(base, url));
      }),
      { numRuns: 2_000 },
    );
  });
});
