import { describe, expect, it } from "vitest";
import { formatCount, formatMs, formatShare, formatTime } from "../../src/report/format.ts";

describe("figures for people", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "0 ms"],
    [840.2, "840 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [2_314, "2.31 s"],
    [9_994, "9.99 s"],
    [9_996, "10.0 s"],
    [44_149, "44.1 s"],
    [99_960, "100 s"],
    [118_400, "118 s"],
    [599_400, "599 s"],
    [599_600, "10 m 00 s"],
    [1_360_000, "22 m 40 s"],
    [3_599_600, "1 h 00 m"],
    [11_100_000, "3 h 05 m"],
  ])("%d ms are %s", (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it("groups the digits of a count", () => {
    expect([0, 999, 1_000, 1_048_576].map(formatCount)).toEqual(["0", "999", "1,000", "1,048,576"]);
    expect(formatCount("12345678901234567890")).toBe("12,345,678,901,234,567,890");
  });

  it("says 100% of all and 0% of none alone", () => {
    expect([formatShare(0, 1_000_000), formatShare(1, 1_000_000)]).toEqual(["0%", "0.1%"]);
    expect([formatShare(999_999, 1_000_000), formatShare(7, 7)]).toEqual(["99.9%", "100%"]);
    expect([formatShare(1, 2), formatShare(497, 10_000)]).toEqual(["50%", "5%"]);
  });

  it("gives a time to the minute, in UTC", () => {
    expect(formatTime(Date.UTC(2026, 10, 23, 8, 55, 59))).toBe("2026-11-23 08:55");
  });
});
