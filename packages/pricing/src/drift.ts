/** What was quoted against what was billed: how far apart, where, and what rate the bill speaks of. */
import type { PipelineName } from "@sluice/models";
import { meters } from "./meters.ts";
import { type NanoUsd, nanoUsd } from "./Money.ts";
import { rateLabel } from "./RateCard.ts";
import { decimal, type Ratio, reduced, round } from "./Ratio.ts";

export interface Billed {
  readonly pipeline: PipelineName;
  readonly model?: string | undefined;
  readonly quoted: NanoUsd | "unknown";
  readonly billed: NanoUsd;
  /** As quoted; with them, the bill's own rate can be told. */
  readonly units?: bigint | "unknown" | undefined;
}

/**
 * `within`: the difference is no greater than the tolerance, in either direction. `over`: more was billed than quoted;
 * `under`: less. `unknown`: nothing of it had a quote.
 */
export type DriftVerdict = "within" | "over" | "under" | "unknown";

export interface DriftFigures {
  readonly calls: number;
  /** Of the calls that had a quote; so are `billed` and what follows. */
  readonly quoted: NanoUsd;
  readonly billed: NanoUsd;
  /** Billed less quoted; negative where less was billed. */
  readonly difference: NanoUsd;
  /** The difference in hundredths of a percent of what was quoted, to the nearest; `unknown` where that is nothing. */
  readonly basisPoints: bigint | "unknown";
  readonly verdict: DriftVerdict;
  /** Calls without a quote, which are in no other figure. */
  readonly unquoted: { readonly calls: number; readonly billed: NanoUsd };
}

export interface DriftGroup extends DriftFigures {
  readonly pipeline: PipelineName;
  readonly model: string | undefined;
  /** What a unit cost by the bill, over the calls whose units are known. */
  readonly implied: { readonly perUnit: Ratio; readonly label: string } | "unknown";
}

export interface Drift extends DriftFigures {
  /** Per pipeline and model, in the order of their first call. */
  readonly groups: ReadonlyArray<DriftGroup>;
}

/**
 * @param tolerance The share of the quoted sum that may be missed, as a decimal: `0.01`. It is compared exactly.
 * @throws `RangeError` when it is not a decimal.
 */
export const drift = (entries: ReadonlyArray<Billed>, tolerance: string): Drift => {
  const share = decimal("tolerance", tolerance, "0.01");
  const groups = Map.groupBy(entries, ({ pipeline, model = "" }) => `${pipeline} ${model}`);
  return {
    ...figuresOf(entries, share),
    groups: [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { pipeline, model } = first;
      return [{ pipeline, model, ...figuresOf(group, share), implied: impliedRate(pipeline, group) }];
    }),
  };
};

const figuresOf = (entries: ReadonlyArray<Billed>, tolerance: Ratio): DriftFigures => {
  let [quoted, billed, unquoted] = [0n, 0n, 0n];
  let known = 0;
  for (const entry of entries) {
    if (entry.quoted === "unknown") {
      unquoted += entry.billed;
    } else {
      known += 1;
      quoted += entry.quoted;
      billed += entry.billed;
    }
  }
  const difference = billed - quoted;
  return {
    calls: entries.length,
    quoted: nanoUsd(quoted),
    billed: nanoUsd(billed),
    difference: nanoUsd(difference),
    basisPoints: quoted === 0n ? "unknown" : round({ num: difference * 10_000n, den: quoted }),
    verdict: known === 0 ? "unknown" : verdictOn(difference, quoted, tolerance),
    unquoted: { calls: entries.length - known, billed: nanoUsd(unquoted) },
  };
};

const verdictOn = (difference: bigint, quoted: bigint, { num, den }: Ratio): DriftVerdict => {
  const size = difference < 0n ? -difference : difference;
  if (size * den <= quoted * num) return "within";
  return difference < 0n ? "under" : "over";
};

const impliedRate = (pipeline: PipelineName, entries: ReadonlyArray<Billed>): DriftGroup["implied"] => {
  let [billed, units] = [0n, 0n];
  for (const entry of entries) {
    if (typeof entry.units !== "bigint") continue;
    billed += entry.billed;
    units += entry.units;
  }
  if (units === 0n) return "unknown";
  const perUnit = reduced({ num: billed, den: units });
  return { perUnit, label: rateLabel(meters[pipeline].unit, perUnit) };
};
