/** Where the latest probes contradict the catalog: a document that is out of date, or a network that has changed. */
import { documentedWarmth, findModel } from "../catalog/Catalog.ts";
import { order } from "../order.ts";
import type { Evidence } from "./Evidence.ts";
import { seconds } from "./sentence.ts";
import { isAbout, type WarmthSubject } from "./Subject.ts";

export interface WarmthDrift {
  /**
   * `colder`, `warmer`: than documented. `absent`: documented as warm, and not offered. `failing`: documented as warm, and
   * nobody ran it, which a price cap does as well as a cold model.
   */
  readonly kind: "colder" | "warmer" | "absent" | "failing";
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

/**
 * The drift of one model, from evidence in any order; `undefined` when there is none. Evidence about other models, and
 * about other gateways than the one named, is passed over. `now` in Unix milliseconds.
 */
export const warmthDrift = (
  evidence: ReadonlyArray<Evidence>,
  of: WarmthSubject,
  now: number,
): WarmthDrift | undefined => {
  const entry = findModel(of.pipeline, of.model);
  const claim = entry && documentedWarmth(entry);
  const probes = evidence
    .filter((one) => one.from === "probe" && isAbout(one, of) && one.at <= now && now - one.at <= longestAge)
    .toSorted((a, b) => b.at - a.at || order(a.says, b.says));
  const [latest] = probes;
  if (claim === undefined || latest === undefined) return undefined;
  const end = probes.findIndex((probe) => findingOf(probe) !== findingOf(latest));
  const run = end < 0 ? probes : probes.slice(0, end);
  const contradicts = (findingOf(latest) === "warmer") !== (claim.says === "warm");
  if (!contradicts || run.length < fewestProbes) return undefined;
  const failures = run.filter(({ says }) => says === "failing").length;
  const kind = failures === run.length ? "failing" : findingOf(latest);
  const medianMs = median(run.flatMap(({ says, ms }) => (says === "warm" && ms !== undefined ? [ms] : [])));
  const took = medianMs === undefined ? "" : ` (${seconds(medianMs)})`;
  const others = kind === "colder" && failures > 0 ? `, or ${words.failing}` : "";
  return {
    kind,
    since: Math.min(...run.map(({ at }) => at)),
    probes: run.length,
    ...(medianMs === undefined ? {} : { medianMs }),
    sentence: `The catalog says ${claim.says} (${claim.asOf}), the last ${run.length} probes ${words[kind]}${took}${others}.`,
  };
};

const words: Record<WarmthDrift["kind"], string> = {
  colder: "were cold",
  warmer: "were warm",
  absent: "were told that it is not offered",
  failing: "found nobody to run it",
};

/** A failure does not end a row of cold answers: at a cold model, gateways mix the two. */
const findingOf = ({ says, coldStart }: Evidence): "colder" | "warmer" | "absent" =>
  says === "absent" ? "absent" : says === "warm" && coldStart !== true ? "warmer" : "colder";

const median = (values: ReadonlyArray<number>): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};
