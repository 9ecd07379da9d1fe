/** Spans of time in words. */
import { dayMs } from "../../evidence/days.ts";

const units = [
  ["d", dayMs],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** `4 min ago`, of milliseconds. */
export const ago = (ms: number): string => {
  const [unit, length] = units.find(([, size]) => ms >= size) ?? ["", 1];
  return unit === "" ? "just now" : `${Math.floor(ms / length)} ${unit} ago`;
};

/** `1.8 s`, of milliseconds. */
export const seconds = (ms: number): string => `${ms < 10_000 ? (ms / 1_000).toFixed(1) : Math.round(ms / 1_000)} s`;
