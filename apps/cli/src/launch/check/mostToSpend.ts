/** What all probes together may cost: nothing is spent that was not named. */
import { parseUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { CheckInput } from "../../commands/launch/check.ts";
import { type Failed, failed } from "../../failures/Failed.ts";

/** In nano-USD; `undefined`: no probe is sent. */
export const mostToSpend = ({
  probe,
  maxCost,
  offline,
}: Pick<CheckInput, "probe" | "maxCost" | "offline">): Effect.Effect<bigint | undefined, Failed> => {
  const given = Option.getOrUndefined(maxCost);
  const amount = given === undefined ? undefined : parseUsd(given);
  const refuse = (message: string, fix: string) => Effect.fail(failed("SLUICE-USAGE", { message, fix }));
  if (given !== undefined && amount === undefined)
    return refuse(`--max-cost: "${given}" is no amount of USD`, "Write a decimal such as 0.05.");
  if (!probe && amount !== undefined)
    return refuse("--max-cost means nothing without --probe", "Say --probe as well, or leave it out.");
  if (probe && offline) return refuse("--probe asks the network, and --offline forbids it", "Leave one of them out.");
  if (probe && amount === undefined)
    return refuse("--probe spends money, and nothing says how much it may", "Say how much, such as --max-cost 0.05.");
  return Effect.succeed(amount);
};
