/** How figures stand in a table. */
import { formatUsd, nanoUsd, parseUsd } from "@sluice/pricing";
import type { Report } from "@sluice/telemetry";
import { formatDuration } from "../duration.ts";

type Series = Report["series"][number];

export const none = "–";

export const milliseconds = (ms: number | null): string =>
  ms === null ? none : ms < 999.5 ? `${Math.round(ms)} ms` : formatDuration(ms);

/** Never 100 of what is not all, nor 0 of what is not none. */
export const okShare = ({ calls: { total, byOutcome } }: Series): string => {
  const ok = byOutcome["ok"] ?? 0;
  if (total === 0) return none;
  if (ok === total) return "100";
  return Math.min(99.9, Math.max(ok === 0 ? 0 : 0.1, (100 * ok) / total)).toFixed(1);
};

/** What nobody knows the price of is not shown as if it cost nothing. */
export const spent = ({ calls, cost }: Series): string => {
  const ok = calls.byOutcome["ok"] ?? 0;
  if (ok > 0 && cost.unpriced >= ok) return "unknown";
  if (ok > 0 && cost.free >= ok) return "free";
  return `${cost.unpriced > 0 ? "≥ " : ""}${formatUsd(parseUsd(cost.usd) ?? nanoUsd(0n))}`;
};

/** `2026-11-23 08:55:12`, in UTC. */
export const time = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");

export const attemptsOf = (statuses: ReadonlyArray<number | null>): string =>
  statuses.length === 0 ? none : statuses.map((status) => status ?? "no answer").join(" ");
