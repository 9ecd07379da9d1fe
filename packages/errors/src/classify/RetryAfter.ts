/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): whole or fractional seconds, or an HTTP date.
 *
 * A negative number or a past date means now. Of several values the longest counts: undercutting a gateway that asked
 * for time is the worse mistake. What cannot be read is treated as absent.
 */
export const retryAfterMs = (header: string | ReadonlyArray<string> | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  const waits = (typeof header === "string" ? [header] : header)
    .map((value) => parse(value.trim(), now))
    .filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits), century);
};

/** Longer waits are all the same to a caller, and dates end somewhere. */
const century = 100 * 365 * 86_400_000;

const parse = (value: string, now: number): number | undefined => {
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) return Math.max(0, Math.round(Number(value) * 1000));
  const date = parseHttpDate(value, now);
  return date === undefined ? undefined : Math.max(0, date - now);
};

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
