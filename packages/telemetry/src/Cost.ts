/** A call's price as its caller sees it: exact, with the rate it came from. */
import type { Unit } from "@sluice/models";

export interface Cost {
  readonly units: bigint | "unknown";
  readonly unit: Unit;
  /** Exact, as a decimal such as `0.019922944`; or `unknown`, which is not zero. */
  readonly usd: string;
  /** `nothing`: the gateway is free to its callers, and `usd` is what the same call costs elsewhere. */
  readonly charges: "usage" | "nothing";
  /** The rate, its source and its date; absent when the price is unknown. */
  readonly rate?: { readonly label: string; readonly source: string; readonly asOf: string };
}
