/**
 * How long a gateway asks to be left alone. Of several headers the first that can be read counts:
 *
 * 1. `retry-after-ms`: milliseconds, as OpenAI-compatible services send it beside a rounded `Retry-After`;
 * 2. `retry-after` (RFC 9110 §10.2.3): whole or fractional seconds, or an HTTP date;
 * 3. `ratelimit-reset` (IETF draft): seconds until the quota is whole again; of a 429 only.
 *
 * `x-ratelimit-reset` is not read: some services send a date in it, some a duration. A negative number or a past date
 * means now. Of several values the longest counts, also when they came as one line: undercutting a gateway that asked
 * for time is the worse mistake. What cannot be read is treated as absent.
 */
import { valuesOf } from "./headers.ts";
import type { Headers } from "./Observation.ts";

/** In milliseconds; `undefined` when the answer does not say. */
export const askedWaitMs = (status: number, headers: Headers, now: number): number | undefined => {
  const waits = [
    longestOf(valuesOf(headers, "retry-after-ms"), inUnits(1)),
    retryAfterMs(valuesOf(headers, "retry-after"), now),
    status === 429 ? longestOf(valuesOf(headers, "ratelimit-reset"), inUnits(1_000)) : undefined,
  ].filter((wait) => wait !== undefined);
  // "Now" in one of them does not undo a wait in another.
  return waits.find((wait) => wait > 0) ?? waits[0];
};

/** What `Retry-After` asks for, in milliseconds; `undefined` when it is absent or cannot be read. */
export const retryAfterMs = (header: string | ReadonlyArray<string> | undefined, now: number): number | undefined =>
  longestOf(header, (value) => {
    const date = parseHttpDate(value, now);
    return date === undefined ? inUnits(1_000)(value) : Math.max(0, date - now);
  });

/** In milliseconds; what binary fractions may add to a decimal. */
const tolerance = 1e-6;

type Read = (value: string) => number | undefined;

const longestOf = (header: string | ReadonlyArray<string> | undefined, read: Read): number | undefined => {
  const values = [header ?? []].flat().flatMap((line) => line.match(listed) ?? []);
  const waits = values.map((value) => read(value.trim())).filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits), century);
};

/** The values of a list; the comma after a day's name belongs to its date. */
const listed = /(?:\s*[A-Z][a-z]{2,8},\s)?[^,]+/g;

const inUnits =
  (ms: number): Read =>
  (value) =>
    /^[+-]?\d+(\.\d+)?$/.test(value) ? Math.max(0, Math.ceil(Number(value) * ms - tolerance)) : undefined;

/** Longer waits are all the same to a caller, and dates end somewhere. */
const century = 100 * 365 * 86_400_000;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The three forms of RFC 9110 §5.6.7, all in UTC: IMF-fixdate, RFC 850 and asctime. */
const forms = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

const parseHttpDate = (value: string, now: number): number | undefined => {
  const groups = forms.map((form) => form.exec(value)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { day = "", month = "", year = "", time = "" } = groups;
  const [hours, minutes, seconds] = time.split(":").map(Number);
  const at = Date.UTC(fullYear(year, now), months.indexOf(month), Number(day), hours, minutes, seconds);
  // A month, day or hour that no calendar has would roll over.
  const inUtc = new Date(at).toUTCString();
  return inUtc.includes(` ${day.trim().padStart(2, "0")} ${month} `) && inUtc.includes(` ${time} `) ? at : undefined;
};

/** Two digits mean the year that is at most 50 years ahead. */
const fullYear = (year: string, now: number): number => {
  if (year.length === 4) return Number(year);
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + Number(year);
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
};
