import { afterEach, describe, expect, it, vi } from "@effect/vitest";
import fc from "fast-check";
import { retryAfterMs } from "../../src/index.ts";
import { answer, errorOf, noon } from "../wire.ts";

const inAMinute = new Date(noon + 60_000).toUTCString();
const century = 100 * 365 * 86_400_000;

describe("Retry-After", () => {
  it.each([
    ["2", 2000],
    ["0", 0],
    ["1.5", 1500],
    ["0.0004", 0],
    [" 17 ", 17_000],
    ["-3", 0],
    ["-0.5", 0],
    ["007", 7000],
  ])("of seconds: %j is %i ms", (header, expected) => {
    expect(retryAfterMs(header, noon)).toBe(expected);
  });

  it("of a date counts from now", () => {
    expect(retryAfterMs(inAMinute, noon)).toBe(60_000);
    expect(retryAfterMs("Sun, 22 Nov 2026 12:00:01 GMT", noon)).toBe(1000);
  });

  it("of a past date means now", () => {
    expect(retryAfterMs("Sun, 22 Nov 2026 11:59:59 GMT", noon)).toBe(0);
    expect(retryAfterMs("Thu, 01 Jan 1970 00:00:00 GMT", noon)).toBe(0);
  });

  it.each(["9".repeat(400), "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "is at most a century, also for %s",
    (huge) => {
      expect(retryAfterMs(huge, noon)).toBe(century);
    },
  );

  it("given twice counts the longer one, and only what can be read", () => {
    expect(retryAfterMs(["2", "7"], noon)).toBe(7000);
    expect(retryAfterMs(["soon", inAMinute, "5"], noon)).toBe(60_000);
    expect(retryAfterMs(["soon", "later"], noon)).toBeUndefined();
    expect(retryAfterMs([], noon)).toBeUndefined();
  });

  it.each([
    ...["", " ", "soon", "NaN", "Infinity", "0x10", "1e3", "5s", "5 seconds", "1,5", "--5", "null", "Wed", "Wed, "],
    ...["not a date", "for 30 seconds", "try 5", "try again in 2031", "max 12"],
  ])("that cannot be read is absent: %j", (junk) => {
    expect(retryAfterMs(junk, noon)).toBeUndefined();
  });

  it.each(["Sun, 22 Foo 2026 12:01:00 GMT", "Sun, 99 Nov 2026 12:01:00 GMT", "Sun, 22 Nov 2026 99:01:00 GMT"])(
    "of a date that is in no calendar is absent: %s",
    (junk) => expect(retryAfterMs(junk, noon)).toBeUndefined(),
  );

  it("is absent when there is none", () => {
    expect(retryAfterMs(undefined, noon)).toBeUndefined();
  });

  it("of any text is absent, or a whole number of milliseconds within a century", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(fc.oneof(texts, fc.array(texts)), (header) => {
        const wait = retryAfterMs(header, noon) ?? 0;
        expect(Number.isInteger(wait) && wait >= 0 && wait <= century).toBe(true);
      }),
    );
  });

  it("never makes an error whose time cannot be written", () => {
    const error = errorOf("studio", answer(429, "", { "retry-after": "9".repeat(400) }));
    expect(error).toMatchObject({ retryAfterMs: century, retryAt: "2126-10-29T12:00:00.000Z" });
  });
});

describe("Retry-After in the two obsolete forms of a date, which RFC 9110 asks recipients to read", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("RFC 850", () => {
    expect(retryAfterMs("Sunday, 22-Nov-26 12:01:00 GMT", noon)).toBe(60_000);
    // Two digits of a year more than 50 years ahead mean the last century.
    expect(retryAfterMs("Monday, 22-Nov-77 12:00:00 GMT", noon)).toBe(0);
    expect(retryAfterMs("Sunday, 22-Nov-76 12:00:00 GMT", noon)).toBe(Date.UTC(2076, 10, 22, 12) - noon);
  });

  it.each(["UTC", "America/New_York", "Asia/Tokyo"])(
    "asctime, which is in UTC also when the machine is in %s",
    (zone) => {
      vi.stubEnv("TZ", zone);
      expect(new Date(noon).getTimezoneOffset() === 0).toBe(zone === "UTC");
      expect(retryAfterMs("Sun Nov 22 12:01:00 2026", noon)).toBe(60_000);
    },
  );
});
