/**
 * Which failures are tried again, when, and how often: one policy per class, `standard`, which picks among them, and
 * `make`, which changes any part.
 *
 * What has no policy here is never retried: the request, the key or the price must change first, or the work may have
 * been done already. The numbers and their sources are in docs/decisions/retry-policies.md.
 */
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import { describe } from "../describe.ts";
import { InvalidConfiguration } from "../failures/InvalidConfiguration.ts";
import type { FieldError } from "../failures/InvalidRequest.ts";
import type { GatewayError } from "../GatewayError.ts";
import { atMost, type Policy } from "./parts.ts";
import { mistakesIn, type Recipe, toPolicy } from "./Recipe.ts";

export type { Policy } from "./parts.ts";
export type { Recipe } from "./Recipe.ts";
export * as parts from "./parts.ts";

/** The recipes of the exported policies. */
export const recipes = {
  /**
   * A model that loads, for 30 s to several minutes: patient, to the deadline. Each attempt comes about a third later
   * than the one before, so that a caller notices a warm model a sixth of its loading time late, whatever that is; 45 s
   * apart at most, 20 attempts in 300 s, the last one 5 s before the deadline.
   */
  cold: {
    base: "475 millis",
    factor: 1.35,
    cap: "45 seconds",
    jitter: "spread",
    retries: Infinity,
    lastChance: "5 seconds",
  },
  /** A model that was warm a moment ago: its orchestrator is busy, for seconds; another route is better than patience. */
  warm: { base: "500 millis", factor: 2, cap: "4 seconds", jitter: 1, retries: 5 },
  /**
   * No orchestrator, said in a way that also covers a misspelt model or a price cap (a closed socket, `200 null`, a
   * proxy's 502): patient for about a minute, because these may never heal.
   */
  noCapacity: { base: "1 second", factor: 2, cap: "30 seconds", jitter: 0.4, retries: 6 },
  /** 429 without `Retry-After`: full jitter from 1 s up to 20 s, over about the minute that a limit's window lasts. */
  rateLimited: { base: "1 second", factor: 2, cap: "20 seconds", jitter: 1, retries: 8 },
  /** Nothing was sent, so a repeat is free; but a wrong address does not heal either. */
  connection: { base: "250 millis", factor: 2, cap: "1 second", jitter: 0.5, retries: 3 },
  /** 500: once, as Livepeer's troubleshooting guide asks; each run may be billed. A stream without a token too. */
  inference: { base: "1 second", factor: 1, cap: "1 second", jitter: 0.5, retries: 1 },
  /** A call of unknown outcome, when its caller says that a repeat is safe. */
  outcomeUnknown: { base: "250 millis", factor: 2, cap: "2 seconds", jitter: 1, retries: 2 },
} as const satisfies Readonly<Record<string, Recipe>>;

export type PolicyName = keyof typeof recipes;

/** No retry. */
export const never: Policy = Schedule.recurs(0);

export const cold: Policy = toPolicy(recipes.cold);
export const warm: Policy = toPolicy(recipes.warm);
export const noCapacity: Policy = toPolicy(recipes.noCapacity);
export const rateLimited: Policy = toPolicy(recipes.rateLimited);
export const connection: Policy = toPolicy(recipes.connection);
export const inference: Policy = toPolicy(recipes.inference);
/** For calls that are safe to repeat; part of no other policy unless `make` is told so. */
export const outcomeUnknown: Policy = toPolicy(recipes.outcomeUnknown);

const policies: Readonly<Record<PolicyName, Policy>> = {
  cold,
  warm,
  noCapacity,
  rateLimited,
  connection,
  inference,
  outcomeUnknown,
};

/** What is known of the model before the call. Without evidence it may be cold. */
export type Temperature = "warm" | "cold" | "unknown";

export interface Choice {
  readonly temperature?: Temperature | undefined;
  /** A call that broke after it was sent is repeated: its caller says that running it twice does no harm. */
  readonly repeatIsSafe?: boolean | undefined;
}

/** Which policy serves an error; `undefined` for one that is never retried. */
export const nameFor = (error: GatewayError, { temperature, repeatIsSafe }: Choice = {}): PolicyName | undefined => {
  if (!error.retryable) return undefined;
  switch (error._tag) {
    case "ColdOrNoCapacity":
      if (error.signal !== "unavailable" && error.signal !== "masked") return "noCapacity";
      return temperature === "warm" ? "warm" : "cold";
    case "RateLimited":
      return "rateLimited";
    case "ConnectionFailed":
      return "connection";
    case "InferenceFailed":
      return "inference";
    case "StreamTruncated":
      return error.delivered === 0 ? "inference" : undefined;
    case "OutcomeUnknown":
      return repeatIsSafe === true ? "outcomeUnknown" : undefined;
    default:
      return undefined;
  }
};

/** The policy that serves an error. */
export const policyOf = (error: GatewayError, choice: Choice = {}): Policy => {
  const name = nameFor(error, choice);
  return name === undefined ? never : policies[name];
};

type Step = Effect.Success<ReturnType<typeof Schedule.toStep<unknown, GatewayError, never, never>>>;

/** More keys than this are a mistake: each would begin to count anew. */
const mostKeys = 64;

/** Hands each error to the policy of its key. Every key counts its own retries. */
const byKey = <Key>(keyOf: (error: GatewayError) => Key, policyFor: (key: Key) => Policy): Policy =>
  Schedule.fromStep(
    Effect.sync(() => {
      const steps = new Map<Key, Step>();
      return (now: number, error: GatewayError) => {
        const key = keyOf(error);
        const known = steps.get(key);
        if (known !== undefined) return known(now, error);
        return Effect.flatMap(Schedule.toStep(steps.size < mostKeys ? policyFor(key) : never), (step) => {
          steps.set(key, step);
          return step(now, error);
        });
      };
    }),
  );

/**
 * Hands each error to the policy that is chosen for it. Every policy counts its own retries, so three 503s do not use up
 * the patience for a 429. Policies are told apart by identity: choose among constants.
 */
export const byClass = (choose: (error: GatewayError) => Policy): Policy => byKey(choose, (policy) => policy);

export const standard: Policy = byClass((error) => policyOf(error));

/** A part of the standard policy in another form: its recipe with some fields changed, a policy of one's own, or none. */
export type Part = Partial<Recipe> | Policy | "never";

export interface Options extends Choice, Readonly<Partial<Record<PolicyName, Part | undefined>>> {
  /** At most so many retries of one call, whatever their reasons. */
  readonly maxRetries?: number | undefined;
}

/** The standard policy with some of its parts changed. Throws `InvalidConfiguration`, which lists every mistake. */
export const make = (options: Options = {}): Policy => {
  const { maxRetries = Infinity } = options;
  const fields = names.flatMap((name) => mistakesOfPart(name, options[name]));
  if (!(maxRetries === Infinity || (Number.isInteger(maxRetries) && maxRetries >= 0))) {
    fields.push({ path: "maxRetries", message: "must be a whole number, 0 or more", sent: describe(maxRetries) });
  }
  for (const key of Object.keys(options)) {
    if (!known.has(key)) fields.push({ path: key, message: `is not one of ${[...known].join(", ")}` });
  }
  if (fields.length > 0) throw new InvalidConfiguration({ gateway: "any gateway", pipeline: "retry policy", fields });
  const chosen = new Map(names.map((name) => [name, partOf(name, options[name])]));
  const policy = byKey(
    (error) => nameFor(error, options),
    (name) => (name === undefined ? undefined : chosen.get(name)) ?? never,
  );
  return maxRetries === Infinity ? policy : atMost(maxRetries)(policy);
};

const names = Object.keys(recipes) as ReadonlyArray<PolicyName>;
const known: ReadonlySet<string> = new Set([...names, "temperature", "repeatIsSafe", "maxRetries"]);

const mistakesOfPart = (name: PolicyName, part: Part | undefined): ReadonlyArray<FieldError> => {
  if (part === undefined || part === "never" || Schedule.isSchedule(part)) return [];
  const message = 'must be a recipe, a Schedule or "never"';
  if (typeof part !== "object") return [{ path: name, message, sent: describe(part) }];
  return mistakesIn(name, { ...recipes[name], ...part });
};

const isRecipe = (part: Part | undefined): part is Partial<Recipe> =>
  part !== undefined && part !== "never" && !Schedule.isSchedule(part);

const partOf = (name: PolicyName, part: Part | undefined): Policy => {
  if (part === undefined) return policies[name];
  if (part === "never") return never;
  return isRecipe(part) ? toPolicy({ ...recipes[name], ...part }) : part;
};
