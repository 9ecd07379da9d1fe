/** A policy as data: everything about it that one may want to change. */
import * as Duration from "effect/Duration";
import { describe } from "../describe.ts";
import type { FieldError } from "../failures/InvalidRequest.ts";
import {
  atLeastRetryAfter,
  atMost,
  backoff,
  honourRetryAfter,
  jitter,
  lastChance,
  patience,
  type Policy,
  spread,
  stopAtDeadline,
} from "./parts.ts";

export interface Recipe {
  /** The first wait; each later one is longer by `factor`, up to `cap`. */
  readonly base: Duration.Input;
  readonly factor: number;
  readonly cap: Duration.Input;
  /** The share of each wait that is drawn, from 0 (none) to 1 (full jitter); or `spread`, one draw for all of them. */
  readonly jitter: number | "spread";
  /** At most so many; `Infinity` when the call's deadline decides. */
  readonly retries: number;
  /** Begins the last attempt this long before the call's deadline, instead of giving up when a wait would outlast it. */
  readonly lastChance?: Duration.Input;
}

/** A call without a `Deadline` gives up on a model as late as one with the usual deadline of 300 s. */
const usual: Duration.Input = "300 seconds";

/** Composes the policy that a recipe describes. It heeds `Retry-After` and the call's `Deadline`, and it always ends. */
export const toPolicy = ({ base, factor, cap, jitter: share, retries, lastChance: reserve }: Recipe): Policy => {
  const waits = share === "spread" ? spread(base, factor, cap) : backoff(base, factor, cap).pipe(jitter(share));
  const polite =
    reserve === undefined ? waits.pipe(honourRetryAfter) : waits.pipe(atLeastRetryAfter, lastChance(reserve));
  const bounded = retries === Infinity ? polite.pipe(patience(usual)) : polite.pipe(atMost(retries));
  return bounded.pipe(stopAtDeadline);
};

/** What no recipe may say, each mistake with its place. */
export const mistakesIn = (name: string, recipe: Recipe): ReadonlyArray<FieldError> => {
  const { base, factor, cap, jitter: share, retries, lastChance: reserve } = recipe;
  const mistakes: ReadonlyArray<readonly [keyof Recipe, boolean, string]> = [
    ["base", isWait(base, retries), "must be a finite duration, such as 500 or `500 millis`"],
    ["factor", Number.isFinite(factor) && factor >= 1, "must be a number of 1 or more"],
    ["cap", isWait(cap, retries), "must be a finite duration, such as 20000 or `20 seconds`"],
    ["jitter", share === "spread" || (isNumber(share) && share >= 0 && share <= 1), "must be from 0 to 1, or `spread`"],
    [
      "retries",
      retries === Infinity || (Number.isInteger(retries) && retries >= 0),
      "must be a whole number, 0 or more",
    ],
    ["lastChance", reserve === undefined || isWait(reserve), "must be a finite duration"],
  ];
  const unknown = Object.keys(recipe).filter((key) => !mistakes.some(([field]) => field === key));
  return [
    ...unknown.map((key) => ({
      path: `${name}.${key}`,
      message: `is not one of ${mistakes.map(([field]) => field).join(", ")}`,
    })),
    ...mistakes
      .filter(([, right]) => !right)
      .map(([field, , message]) => ({ path: `${name}.${field}`, message, sent: describe(recipe[field]) })),
  ];
};

/** From JavaScript anything may come. */
const isNumber = (value: unknown): boolean => typeof value === "number" && !Number.isNaN(value);

/** Without an end to the retries, no wait at all would be a storm. */
const isWait = (input: Duration.Input, retries = 0): boolean => {
  if (typeof input === "number" && Number.isNaN(input)) return false;
  try {
    const ms = Duration.toMillis(input);
    return Number.isFinite(ms) && (retries === Infinity ? ms > 0 : ms >= 0);
  } catch {
    return false;
  }
};
