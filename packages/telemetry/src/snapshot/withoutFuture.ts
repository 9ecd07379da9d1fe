/**
 * A snapshot as this process's clock has it. A peer whose clock is ahead has windows that have not begun; merged, the newest
 * of them would count as now, and the windows of everybody else as long past.
 */
import { minutesOfData, minutesToData } from "../slo/IndicatorsData.ts";
import type { SeriesData, Snapshot } from "./Snapshot.ts";

/** Clocks differ by as much though nothing is wrong with them. */
const toleranceMs = 60_000;

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;

/** `now`: Unix milliseconds. What is set aside still counts since the start. */
export const withoutFuture = (
  snapshot: Snapshot,
  now: number,
): { readonly snapshot: Snapshot; readonly setAside: number } => {
  let setAside = 0;
  const hasBegun = (window: number, ms: number): boolean => {
    const isKept = window * ms <= now + toleranceMs;
    if (!isKept) setAside += 1;
    return isKept;
  };
  const latencyOf = ({ minutes, halfHours, ...rest }: SeriesData["latencies"][number]) => ({
    ...rest,
    minutes: minutes.filter(([minute]) => hasBegun(minute, minuteMs)),
    halfHours: halfHours.filter(([halfHour]) => hasBegun(halfHour, halfHourMs)),
  });
  const series = snapshot.series.map((one) => ({ ...one, latencies: one.latencies.map(latencyOf) }));
  const indicators = snapshot.indicators.map((one) => ({
    ...one,
    minutes: minutesToData([...minutesOfData(one.minutes)].filter(({ minute }) => hasBegun(minute, minuteMs))),
  }));
  const since = snapshot.since === null ? null : Math.min(snapshot.since, now);
  return { snapshot: { ...snapshot, since, series, indicators }, setAside };
};
