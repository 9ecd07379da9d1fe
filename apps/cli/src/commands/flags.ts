/** Flags that mean the same in every command that has them. */
import * as Flag from "effect/cli/Flag";
import { parseDuration } from "../duration.ts";

/** A duration such as `20s`, in milliseconds. */
export const duration = (name: string): Flag.Flag<number> =>
  Flag.String(name).pipe(Flag.mapTryCatch(parseDuration, reasonOf), Flag.withMetavar("duration"));

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `-g "$UNSET"` must not mean the public gateway. */
const named = (text: string): string => {
  if (text === "") throw new Error("an empty name is no gateway");
  return text;
};

export const gateway = Flag.String("gateway").pipe(
  Flag.mapTryCatch(named, reasonOf),
  Flag.withAlias("g"),
  Flag.withMetavar("name|url"),
  Flag.withDescription("livepeer-cloud, livepeer-studio, go-livepeer, emulator, a base URL, or a .json file"),
  Flag.optional,
);

export const timeout = Flag.String("timeout").pipe(
  Flag.withMetavar("duration"),
  Flag.withDescription("Over all attempts and waits, such as 90s or 5m (default 300s)"),
  Flag.optional,
);

export const maxCost = Flag.String("max-cost").pipe(
  Flag.withMetavar("usd"),
  Flag.withDescription("Refuse what would cost more before it is sent, such as 0.05"),
  Flag.optional,
);

export const yes = Flag.Boolean("yes").pipe(
  Flag.withAlias("y"),
  Flag.withDescription("Answer yes to what would be asked"),
  Flag.withDefault(false),
);

export const saveEvidence = Flag.Boolean("save").pipe(
  Flag.withDescription("Keep it in .sluice/launch, where `sluice launch check` looks for it"),
  Flag.withDefault(false),
);

export const dryRun = Flag.Boolean("dry-run").pipe(
  Flag.withAlias("n"),
  Flag.withDescription("Show what would be done, and do nothing"),
  Flag.withDefault(false),
);
