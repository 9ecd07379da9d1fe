/** What a call adds to the spend. */
import { type NanoUsd, nanoUsd, parseUsd } from "@sluice/pricing";
import type { Cost } from "../Cost.ts";

/** `undefined` when the price is unknown, which is not zero. What is free costs nothing. */
export const spentOn = ({ usd, charges }: Cost): NanoUsd | undefined =>
  charges === "nothing" ? nanoUsd(0n) : parseUsd(usd);
