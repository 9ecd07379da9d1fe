/** The checks that somebody typed the names of. */
import { type Check, checks, groups, unknownIn } from "@sluice/readiness";
import { nearest } from "@sluice/models/facts";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";

export const checkNamed = (given: string): Effect.Effect<Check, Failed> => {
  const found = checks.find(({ id }) => id === given.trim().toUpperCase());
  return found === undefined ? Effect.fail(noCheck(given)) : Effect.succeed(found);
};

/** `only`: ids and groups. */
export const refuseUnknown = (only: ReadonlyArray<string>): Effect.Effect<void, Failed> => {
  const [unknown] = unknownIn(checks, only);
  if (unknown !== undefined) return Effect.fail(noCheck(unknown));
  if (only.length > 0) return Effect.void;
  return Effect.fail(failed("SLUICE-USAGE", { message: "--only names nothing", fix: everyOne }));
};

const everyOne = "`sluice launch explain` lists all of them.";

/** Every id resembles every other; groups do not. */
const longestId = 3;

const noCheck = (given: string): Failed => {
  const meant = given.length > longestId ? nearest(given, groups)?.replaceAll(" ", "-") : undefined;
  const fix = meant === undefined ? everyOne : `Did you mean ${meant}?`;
  return failed("SLUICE-USAGE", { message: `there is no check "${given}"`, fix });
};
