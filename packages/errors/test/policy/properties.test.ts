/** What holds for every policy that `make` can give, whatever the errors, the chance and the deadline. */
import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import fc from "fast-check";
import { RetryPolicy } from "../../src/index.ts";
import { call } from "../virtualTime.ts";
import { optionsWith, recipe, type Trouble, trouble } from "./recipes.ts";
import { follow } from "./stepping.ts";

const { make, nameFor } = RetryPolicy;

interface Situation {
  readonly options: RetryPolicy.Options & Readonly<Record<RetryPolicy.PolicyName, RetryPolicy.Recipe>>;
  readonly troubles: ReadonlyArray<Trouble>;
  readonly seed: number;
  readonly deadlineMs: number;
  readonly answerMs: number;
}

const situations = (lastChance: "with" | "without"): fc.Arbitrary<Situation> =>
  fc.record({
    options: optionsWith(recipe(lastChance)),
    troubles: fc.array(trouble, { minLength: 1, maxLength: 25 }),
    seed: fc.integer(),
    deadlineMs: fc.oneof(fc.integer({ min: 0, max: 300_000 }), fc.constant(Infinity)),
    answerMs: fc.constantFrom(0, 1, 80, 2000),
  });

interface Step extends Trouble {
  readonly now: number;
  readonly name: RetryPolicy.PolicyName | undefined;
  /** What the policy plans. */
  readonly wait: number | undefined;
  /** What it would plan here if the gateway had wished for nothing and the call had no end to stop at. */
  readonly own: number | undefined;
  /** How many retries its class, and the whole call, had had. */
  readonly ofClass: number;
  readonly ofCall: number;
}

/** Follows a policy through trouble, next to a twin that draws the same and hears of no wishes. */
const stepsOf = ({ options, troubles, seed, deadlineMs, answerMs }: Situation, twinDeadlineMs: number) => {
  const next = follow(make(options), { seed }, deadlineMs);
  const nextOfTwin = follow(make(options), { seed }, twinDeadlineMs);
  const counts = new Map<RetryPolicy.PolicyName | undefined, number>();
  const steps: Array<Step> = [];
  let now = answerMs;
  for (const trouble of troubles) {
    const name = nameFor(trouble.error, options);
    const ofClass = counts.get(name) ?? 0;
    const wait = next(now, trouble.error);
    steps.push({ ...trouble, now, name, wait, own: nextOfTwin(now, trouble.plain), ofClass, ofCall: steps.length });
    if (wait === undefined) break;
    counts.set(name, ofClass + 1);
    now += wait + answerMs;
  }
  return steps;
};

const usedUp = ({ options }: Situation, { name, ofClass, ofCall }: Step): boolean =>
  name === undefined || ofClass >= options[name].retries || ofCall >= (options.maxRetries ?? Infinity);

const outlasts = ({ now }: Step, wait: number, deadlineMs: number): boolean => now + wait >= deadlineMs;

describe("any policy without a last chance", () => {
  it("never plans a wait that reaches the deadline", () => {
    fc.assert(
      fc.property(situations("without"), (situation) => {
        for (const { now, wait } of stepsOf(situation, Infinity)) {
          if (wait !== undefined) expect(now + wait).toBeLessThan(situation.deadlineMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("waits as long as the gateway asked for, or as it would by itself; and ends only for a reason", () => {
    fc.assert(
      fc.property(situations("without"), (situation) => {
        for (const step of stepsOf(situation, Infinity)) {
          const { wait, own, wish } = step;
          const due = wish === undefined || own === undefined ? own : wish >= 1000 ? wish : Math.max(wish, own);
          // What is refused must have a reason, and what has none must be granted.
          expect(own === undefined).toBe(usedUp(situation, step));
          const late = due !== undefined && outlasts(step, Math.max(due, wish ?? 0), situation.deadlineMs);
          expect(wait).toBe(late ? undefined : due);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("any policy with a last chance", () => {
  it("waits at least as long as the gateway asked for, is cut only for the last chance, and ends only for a reason", () => {
    fc.assert(
      fc.property(situations("with"), (situation) => {
        for (const step of stepsOf(situation, Infinity)) {
          const { wait, own, wish = 0, now, name } = step;
          expect(own === undefined).toBe(usedUp(situation, step));
          if (own === undefined || name === undefined) {
            expect(wait).toBe(undefined);
            continue;
          }
          const latest = situation.deadlineMs - Number(situation.options[name].lastChance) - now;
          const full = Math.max(own, wish);
          const due = latest < 1000 || full <= latest ? full : Math.max(latest, wish);
          if (outlasts(step, due, situation.deadlineMs)) expect(wait).toBe(undefined);
          else expect(wait).toBeCloseTo(due, 5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps its last attempt's time free, unless an attempt was just made or the gateway wished otherwise", () => {
    fc.assert(
      fc.property(situations("with"), (situation) => {
        for (const { now, wait, wish, name } of stepsOf(situation, situation.deadlineMs)) {
          if (wait === undefined || wish !== undefined || name === undefined) continue;
          const latest = situation.deadlineMs - Number(situation.options[name].lastChance);
          if (now <= latest - 1000) expect(now + wait).toBeLessThanOrEqual(latest + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a call with a timeout", () => {
  it.each(["with", "without"] as const)(
    "under any policy %s a last chance: makes no attempt at its deadline or later, and not one too many",
    async (lastChance) => {
      await fc.assert(
        fc.asyncProperty(situations(lastChance), async ({ options, troubles, ...circumstances }) => {
          const script = (attempt: number) => troubles[attempt - 1]?.error ?? "result";
          const deadlineMs = Math.min(circumstances.deadlineMs, 900_000);
          const { startedAt, endedAt } = await Effect.runPromise(
            call(script, make(options), { ...circumstances, deadlineMs }),
          );
          // The first attempt is the call itself.
          for (const at of startedAt.slice(1)) expect(at).toBeLessThan(deadlineMs);
          expect(endedAt).toBeLessThanOrEqual(deadlineMs);
          expect(startedAt.length - 1).toBeLessThanOrEqual(Math.min(troubles.length, options.maxRetries ?? Infinity));
        }),
        { numRuns: 150 },
      );
    },
  );
});

describe("a Retry-After", () => {
  it("is never undercut: no attempt begins before the moment that the gateway named", async () => {
    await fc.assert(
      fc.asyncProperty(situations("with"), situations("without"), fc.boolean(), async (one, other, first) => {
        const { options, troubles, ...circumstances } = first ? one : other;
        const script = (attempt: number) => troubles[attempt - 1]?.error ?? "result";
        const deadlineMs = Math.min(circumstances.deadlineMs, 900_000);
        const { startedAt } = await Effect.runPromise(call(script, make(options), { ...circumstances, deadlineMs }));
        for (const [index, at] of startedAt.slice(1).entries()) {
          const earliest = (startedAt[index] ?? NaN) + circumstances.answerMs + (troubles[index]?.wish ?? 0);
          expect(at).toBeGreaterThanOrEqual(earliest - 1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });
});
