/** How long a gateway asks to be left alone: in every form that RFC 9110 knows, and in those that others made up. */
import { afterEach, describe, expect, it, vi } from "@effect/vitest";
import fc from "fast-check";
import { classify, retryAfterMs } from "../../src/index.ts";
import { answer, dialects, noon, seen } from "../wire.ts";
import {
  empty,
  factsOf,
  givenUp,
  inferenceFailed,
  malformed,
  masked,
  noOrchestrator,
  notOffered,
  rateLimited,
  unavailable,
  waiting,
} from "./facts.ts";
import { check, others, row } from "./table.ts";

const century = 100 * 365 * 86_400_000;
const inOneMinute = "Sun, 22 Nov 2026 12:01:00 GMT";
const inTwoMinutes = "Sun, 22 Nov 2026 12:02:00 GMT";
const inThreeMinutes850 = "Sunday, 22-Nov-26 12:03:00 GMT";
const inFourMinutes = "Sun Nov 22 12:04:00 2026";

describe("Retry-After in seconds", () => {
  it.each([
    ["2", 2000],
    ["0", 0],
    ["1.5", 1500],
    ["0.2", 200],
    ["2.007", 2007],
    [" 17 ", 17_000],
    ["+3", 3000],
    ["-3", 0],
    ["-0.5", 0],
    ["-0", 0],
    ["007", 7000],
    ["120", 120_000],
  ])("%j is %i ms", (header, expected) => {
    expect(retryAfterMs(header, noon)).toBe(expected);
  });

  it.each([
    ["0.0004", 1],
    ["0.0010001", 2],
    ["1.2345", 1235],
    ["1.001", 1001],
    ["4.35", 4350],
    ["0.0000000001", 0],
  ])(
    "%j is rounded up to %i ms: nobody is called too early, nor later for what binary fractions add",
    (header, expected) => {
      expect(retryAfterMs(header, noon)).toBe(expected);
    },
  );
});

describe("Retry-After as a date", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ["IMF-fixdate", inOneMinute, 60_000],
    ["IMF-fixdate of the next second", "Sun, 22 Nov 2026 12:00:01 GMT", 1000],
    ["IMF-fixdate of the next year", "Fri, 01 Jan 2027 00:00:00 GMT", Date.UTC(2027, 0, 1) - noon],
    ["RFC 850", inThreeMinutes850, 180_000],
    ["RFC 850 with the longest name of a day", "Wednesday, 25-Nov-26 12:00:00 GMT", 3 * 86_400_000],
    [
      "RFC 850 with two digits that mean the next half century",
      "Sunday, 22-Nov-76 12:00:00 GMT",
      Date.UTC(2076, 10, 22, 12) - noon,
    ],
    ["RFC 850 with two digits that mean the last century", "Monday, 22-Nov-77 12:00:00 GMT", 0],
    ["asctime", inFourMinutes, 240_000],
    ["asctime with a day of one digit", "Tue Dec  1 12:00:00 2026", 9 * 86_400_000],
    ["the moment itself", "Sun, 22 Nov 2026 12:00:00 GMT", 0],
    ["the past second", "Sun, 22 Nov 2026 11:59:59 GMT", 0],
    ["the beginning of time", "Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ])("%s: %s", (_, header, expected) => {
    expect(retryAfterMs(header, noon)).toBe(expected);
  });

  it.each(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])("knows %s", (month) => {
    const index = new Date(`1 ${month} 2027 UTC`).getUTCMonth();
    expect(retryAfterMs(`Mon, 05 ${month} 2027 00:00:00 GMT`, noon)).toBe(Date.UTC(2027, index, 5) - noon);
  });

  it.each(["UTC", "America/New_York", "Asia/Tokyo"])("asctime is in UTC also when the machine is in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    expect(new Date(noon).getTimezoneOffset() === 0).toBe(zone === "UTC");
    expect(retryAfterMs(inFourMinutes, noon)).toBe(240_000);
  });

  it.each([
    "Sun, 22 Foo 2026 12:01:00 GMT",
    "Sun, 99 Nov 2026 12:01:00 GMT",
    "Sun, 00 Dec 2026 12:01:00 GMT",
    "Tue, 31 Nov 2026 12:01:00 GMT",
    "Sun, 22 Nov 2026 99:01:00 GMT",
    "Sun, 22 Nov 2026 24:00:00 GMT",
    "Sun, 22 Nov 2026 12:60:00 GMT",
    "Sun, 22 Nov 2026 12:01:00 CET",
    "Sun, 22 Nov 2026 12:01:00",
    "Sun, 22 Nov 26 12:01:00 GMT",
    "Sunday, 22-Nov-2026 12:01:00 GMT",
    "Sun Nov 22 12:01:00 26",
    "sun, 22 nov 2026 12:01:00 gmt",
    "2026-11-22T12:01:00Z",
    `${inOneMinute}+1`,
    `${inThreeMinutes850}+1`,
    `${inFourMinutes} UTC`,
    `after ${inFourMinutes}`,
  ])("that is in no calendar, or in another form, is absent: %s", (junk) => {
    expect(retryAfterMs(junk, noon)).toBeUndefined();
  });
});

describe("Retry-After that says too much", () => {
  it.each(["9".repeat(400), "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])("is at most a century: %s", (huge) => {
    expect(retryAfterMs(huge, noon)).toBe(century);
  });

  it.each([
    [["2", "7"], 7000],
    [["7", "2"], 7000],
    [["soon", inOneMinute, "5"], 60_000],
    [[inOneMinute, inTwoMinutes], 120_000],
    [["2, 7", "5"], 7000],
    ["5,10", 10_000],
    ["10, 5", 10_000],
    ["5 ,  10 , 7", 10_000],
    ["1,5", 5000],
    [", 5,, ", 5000],
    ["soon, 5", 5000],
    ["0, 0", 0],
    [`${inOneMinute}, ${inTwoMinutes}`, 120_000],
    [`${inTwoMinutes},${inOneMinute}`, 120_000],
    [`5, ${inTwoMinutes}`, 120_000],
    [`${inOneMinute}, 90`, 90_000],
    [`${inOneMinute}, ${inThreeMinutes850}`, 180_000],
    [`${inThreeMinutes850}, ${inFourMinutes}`, 240_000],
    [`${inFourMinutes}, 5, junk, ${inOneMinute}`, 240_000],
  ])("given twice counts the longest that can be read: %j is %i ms", (header, expected) => {
    expect(retryAfterMs(header, noon)).toBe(expected);
  });
});

describe("Retry-After that says nothing", () => {
  it.each([
    ...[
      "",
      " ",
      ",",
      "soon",
      "NaN",
      "Infinity",
      "0x10",
      "1e3",
      "5s",
      "5 seconds",
      "--5",
      ".5",
      "5.",
      "null",
      "Wed",
      "Wed, ",
    ],
    ...["not a date", "for 30 seconds", "try 5", "try again in 2031", "max 12", "5;q=1", "٣", "1 2"],
  ])("is absent: %j", (junk) => {
    expect(retryAfterMs(junk, noon)).toBeUndefined();
  });

  it.each([[undefined], [[]], [["soon", "later"]], [["", ""]]])("is absent: %j", (header) => {
    expect(retryAfterMs(header, noon)).toBeUndefined();
  });
});

describe("Retry-After of any text", () => {
  const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
  const texts = fc.oneof(fc.string(), fc.double().map(String), fc.nat().map(String), dates);
  const joined = fc.array(texts).map((parts) => parts.join(", "));

  it("is absent, or a whole number of milliseconds within a century", () => {
    fc.assert(
      fc.property(fc.oneof(texts, joined, fc.array(texts)), (header) => {
        const wait = retryAfterMs(header, noon) ?? 0;
        expect(Number.isInteger(wait) && wait >= 0 && wait <= century).toBe(true);
      }),
    );
  });

  it("is the same on one line as on several, and the longest of them", () => {
    const values = fc.oneof(
      fc.integer({ min: 0, max: 100_000 }).map((seconds) => [String(seconds), seconds * 1000] as const),
      fc
        .integer({ min: 0, max: 100_000 })
        .map((seconds) => [new Date(noon + seconds * 1000).toUTCString(), seconds * 1000] as const),
    );
    fc.assert(
      fc.property(fc.array(values, { minLength: 1 }), (pairs) => {
        const lines = pairs.map(([text]) => text);
        const longest = Math.max(...pairs.map(([, ms]) => ms));
        expect(retryAfterMs(lines, noon)).toBe(longest);
        expect(retryAfterMs(lines.join(", "), noon)).toBe(longest);
        expect(retryAfterMs(lines.join(","), noon)).toBe(longest);
      }),
    );
  });
});

check("from the wire", [
  row("429 with seconds", answer(429, "", { "retry-after": "17" }), rateLimited(waiting(17_000))),
  row("429 with a fraction", answer(429, "", { "retry-after": "0.2" }), rateLimited(waiting(200))),
  row("429 with a date", answer(429, "", { "retry-after": inOneMinute }), rateLimited(waiting(60_000))),
  row("429 with 0", answer(429, "", { "retry-after": "0" }), rateLimited(waiting(0))),
  row(
    "429 with a past date",
    answer(429, "", { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }),
    rateLimited(waiting(0)),
  ),
  row("429 with junk", answer(429, "", { "retry-after": "soon" }), rateLimited()),
  row("429 with two headers", answer(429, "", { "retry-after": ["2", inOneMinute] }), rateLimited(waiting(60_000))),
  row(
    "429 with two dates on one line",
    answer(429, "", { "retry-after": `${inOneMinute}, ${inTwoMinutes}` }),
    rateLimited(waiting(120_000)),
  ),
  row(
    "429 with a century",
    answer(429, "", { "retry-after": "9".repeat(400) }),
    rateLimited({ retryAfterMs: century, retryAt: "2126-10-29T12:00:00.000Z" }),
  ),
  row("503 with seconds", answer(503, "", { "retry-after": "90" }), unavailable(waiting(90_000))),
  row("504 with seconds", answer(504, "", { "retry-after": "5" }), { ...givenUp(504), ...waiting(5000) }),
  row(
    "400 for want of an orchestrator, with seconds",
    answer(400, "No orchestrators found for capability my-cap\n", { "retry-after": "5" }),
    { ...noOrchestrator, ...waiting(5000) },
    others("runner"),
  ),
  row("500 with seconds", answer(500, "", { "retry-after": "5" }), { ...inferenceFailed(500), ...waiting(5000) }),
  row("404 with seconds", answer(404, "", { "retry-after": "5" }), { ...notOffered, ...waiting(5000) }),
  row("a redirect with seconds", answer(307, "", { "retry-after": "5", location: "/a" }), {
    ...malformed(307, "it redirects to /a"),
    ...waiting(5000),
  }),
  row("200 null with seconds", answer(200, "null\n", { "retry-after": "5" }), { ...empty(), ...waiting(5000) }),
  row(
    "Studio's mask with seconds",
    answer(500, '{"errors":["Failed to generate upscale"]}', { "retry-after": "5" }),
    { ...masked, ...waiting(5000) },
    ["studio"],
  ),
]);

check("of several headers", [
  row(
    "retry-after-ms comes before retry-after",
    answer(429, "", { "retry-after-ms": "1500", "retry-after": "2" }),
    rateLimited(waiting(1500)),
  ),
  row(
    "a 0 in retry-after-ms does not undo what retry-after asks for",
    answer(503, "", { "retry-after-ms": "0", "retry-after": "2" }),
    unavailable(waiting(2000)),
  ),
  row("names in capitals are read", answer(503, "", { "Retry-After": "2" }), unavailable(waiting(2000))),
  row("retry-after-ms is rounded up", answer(429, "", { "retry-after-ms": "1500.2" }), rateLimited(waiting(1501))),
  row("retry-after-ms is never below 0", answer(429, "", { "retry-after-ms": "-5" }), rateLimited(waiting(0))),
  row(
    "retry-after-ms given twice counts the longest",
    answer(429, "", { "retry-after-ms": ["5", "7, 6"] }),
    rateLimited(waiting(7)),
  ),
  row(
    "retry-after-ms holds no date",
    answer(429, "", { "retry-after-ms": inOneMinute, "retry-after": "2" }),
    rateLimited(waiting(2000)),
  ),
  row(
    "junk counts as absent",
    answer(429, "", { "retry-after-ms": "soon", "retry-after": "soon", "ratelimit-reset": "9" }),
    rateLimited(waiting(9000)),
  ),
  row(
    "retry-after comes before ratelimit-reset",
    answer(429, "", { "retry-after": "2", "ratelimit-reset": "9" }),
    rateLimited(waiting(2000)),
  ),
  row("ratelimit-reset is in seconds", answer(429, "", { "ratelimit-reset": "9" }), rateLimited(waiting(9000))),
  row("ratelimit-reset holds no date", answer(429, "", { "ratelimit-reset": inOneMinute }), rateLimited()),
  row("ratelimit-reset counts of a 429 only", answer(503, "", { "ratelimit-reset": "9" }), unavailable()),
  row(
    "x-ratelimit-reset is not read",
    answer(429, "", { "x-ratelimit-reset": "9", "x-ratelimit-reset-requests": "9s" }),
    rateLimited(),
  ),
]);

describe.each(dialects)("a time to come back, as %s", (dialect) => {
  it("counts from the moment of the answer", () => {
    const wire = answer(429, "", { "retry-after": inOneMinute });
    expect(factsOf(classify(dialect, { ...seen(wire), now: noon + 45_000 }))).toEqual(
      rateLimited({ retryAfterMs: 15_000, retryAt: "2026-11-22T12:01:00.000Z" }),
    );
  });
});
