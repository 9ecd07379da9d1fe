/** Flags that mean the same in every command. */
import * as Flag from "effect/cli/Flag";
import { parseDuration } from "../duration.ts";

export const json = Flag.Boolean("json").pipe(
  Flag.withDescription("Print one JSON object on stdout, for success and failure alike"),
  Flag.withDefault(false),
);

/** A duration such as `20s`, in milliseconds. */
export const duration = (name: string): Flag.Flag<number> =>
  Flag.String(name).pipe(Flag.mapTryCatch(parseDuration, reasonOf), Flag.withMetavar("duration"));

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
