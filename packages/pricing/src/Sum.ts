/** A sum of which parts may be unknown: they are not taken for zero, and make it "at least". */
import { type NanoUsd, nanoUsd } from "./Money.ts";

export interface Sum {
  /** Of what is known; `unknown` when nothing is. */
  readonly amount: NanoUsd | "unknown";
  /** Whether something unknown comes on top. */
  readonly atLeast: boolean;
}

export const sumOf = (amounts: ReadonlyArray<NanoUsd | "unknown">): Sum => {
  const known = amounts.filter((amount) => amount !== "unknown");
  const atLeast = known.length < amounts.length;
  return {
    amount: atLeast && known.length === 0 ? "unknown" : nanoUsd(known.reduce((sum, amount) => sum + amount, 0n)),
    atLeast,
  };
};
