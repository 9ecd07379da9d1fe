/** Where the latest probes contradict the catalog: a document that is out of date, or a network that has changed. */
import { type CatalogEntry, documentedWarmth } from "../catalog/Catalog.ts";
import type { Evidence } from "./Evidence.ts";
import { seconds } from "./sentence.ts";

export interface WarmthDrift {
  /** `colder`, `warmer`: than documented. `absent`: documented as warm, and not offered. */
  readonly kind: "colder" | "warmer" | "absent";
  /** When the first of those probes ended, in Unix milliseconds. */
  readonly since: number;
  /** How many in a row, up to the latest, say so. */
  readonly probes: number;
  /** How long those that were answered took, in the middle; absent when none was. In milliseconds. */
  readonly medianMs?: number;
  readonly sentence: string;
}

/** Once is chance, and twice may be one orchestrator that left. */
const fewestProbes = 3;

/** Older probes say nothing of today. In milliseconds. */
const longestAge = 7 * 86_400_000;

/** The drift of one model, from evidence in any order; `undefined` when there is none. `now` in Unix milliseconds. */
export const warmthDrift = (
  entry: CatalogEntry,
  evidence: ReadonlyArray<Evidence>,
  now: number,
): WarmthDrift | undefined => {
  const claim = documentedWarmth(entry);
  const [latest, ...earlier] = evidence
    .filter(({ from, at }) => from === "probe" && at <= now && now - at <= longestAge)
    .toSorted((a, b) => b.at - a.at || order(a.says, b.says))
    .map((probe) => ({ probe, kind: kindOf(probe) }));
  if (claim === undefined || latest === undefined) return undefined;
  const end = earlier.findIndex(({ kind }) => kind !== latest.kind);
  const run = [latest, ...(end < 0 ? earlier : earlier.slice(0, end))].map(({ probe }) => probe);
  const contradicts = (latest.kind === "warmer") !== (claim.says === "warm");
  if (!contradicts || run.length < fewestProbes) return undefined;
  const medianMs = median(run.flatMap(({ says, ms }) => (says === "warm" && ms !== undefined ? [ms] : [])));
  const took = medianMs === undefined ? "" : ` (${seconds(medianMs)})`;
  return {
    kind: latest.kind,
    since: Math.min(...run.map(({ at }) => at)),
    probes: run.length,
    ...(medianMs === undefined ? {} : { medianMs }),
    sentence: `The catalog says ${claim.says} (${claim.asOf}), the last ${run.length} probes were ${words[latest.kind]}${took}.`,
  };
};

const words = { colder: "cold", warmer: "warm", absent: "told that it is not offered" } as const;

const kindOf = ({ says, coldStart }: Evidence): WarmthDrift["kind"] =>
  says === "absent" ? "absent" : says === "warm" && coldStart !== true ? "warmer" : "colder";

const median = (values: ReadonlyArray<number>): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
