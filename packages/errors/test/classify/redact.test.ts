import { describe, expect, it } from "@effect/vitest";
import { redact } from "../../src/index.ts";
import { formsOf, oddKeys } from "../keys.ts";

describe("redact", () => {
  it.each(oddKeys)("puts a mark in the place of a key with %s, and keeps the rest", (_, key) => {
    for (const form of Object.values(formsOf(key))) {
      expect(redact(`before ${form} after ${form}.`, [key])).toBe("before <redacted> after <redacted>.");
    }
  });

  it("leaves a text without a key as it is", () => {
    expect(redact("no token sk-test found", ["sk-live-7c1d0e5f"])).toBe("no token sk-test found");
    expect(redact("no token found", [])).toBe("no token found");
  });

  it("takes no empty secret, which is everywhere", () => {
    expect(redact("no token found", [""])).toBe("no token found");
  });

  it.each(["Bearer ", "bearer  ", "BEARER:", "Bearer: "])(
    "hides what follows the scheme %j, although it is nobody's secret here",
    (scheme) => {
      const text = redact(`{"Authorization":"${scheme}sk-other-1", "next": 1}`, []);
      expect(text).toBe(`{"Authorization":"${scheme}<redacted>", "next": 1}`);
    },
  );

  it("hides every secret, also one that another one begins with", () => {
    const secrets = ["sk-live-7c1d", "sk-live-7c1d-0e5f-9a"];
    expect(redact("sk-live-7c1d-0e5f-9a and sk-live-7c1d", secrets)).toBe("<redacted> and <redacted>");
  });

  it("does not fail on a secret that is not well-formed text", () => {
    expect(redact("no token \ud800-sk-live found", ["\ud800-sk-live"])).toBe("no token <redacted> found");
  });
});
