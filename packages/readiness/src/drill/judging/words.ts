/** What was seen, as a person would say it. */
import type { Call } from "./calls.ts";
import type { Exit } from "./Seen.ts";

/** `1.2 s`, of milliseconds. */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(ms < 100 ? 2 : 1)} s`;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const ending = ({ code, signal, seconds: after, overdue }: Exit): string => {
  if (overdue) return `ended by the drill after ${seconds(after * 1_000)}`;
  return code === null ? `ended by ${signal ?? "a signal"}` : `exit code ${code}`;
};

/** So many waits are told one by one. */
const mostGaps = 4;

const waits = (gaps: ReadonlyArray<number>): string => {
  if (gaps.length === 0) return "";
  if (gaps.length > mostGaps) return `, ${seconds(Math.min(...gaps))} to ${seconds(Math.max(...gaps))} apart`;
  const told = gaps.map(seconds);
  const last = told.pop() ?? "";
  return `, ${told.length === 0 ? last : `${told.join(", ")} and ${last}`} apart`;
};

/** Such as `4 requests, 1.0 s, 2.1 s and 4.3 s apart, exit code 0`. */
export const summary = (calls: ReadonlyArray<Call>, exit: Exit): string => {
  const requests = calls.flat();
  const [first] = calls;
  const gaps = first?.slice(1).map(({ ms }, place) => ms - (first[place]?.ms ?? ms)) ?? [];
  const what = calls.length > 1 ? ` for ${calls.length} calls` : waits(gaps);
  return `${plural(requests.length, "request")}${what}, ${ending(exit)}`;
};
