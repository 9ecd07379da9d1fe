/** What `explain` says of a policy, held against what the policy does. */
import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import fc from "fast-check";
import {
  type Explanation,
  explain,
  formatExplanation,
  type GatewayError,
  type Policy,
  type Range,
  type Retry,
  RetryPolicy,
} from "../../src/index.ts";
import { family, oneOfEach } from "../failures/oneOfEach.ts";
import { calls } from "../virtualTime.ts";
import { optionsWith, recipe, trouble } from "./recipes.ts";
import { closed, cold, failed, limited, limitedFor, refused, unavailable, unknown } from "./samples.ts";
import { type Chance, follow, highest } from "./stepping.ts";

const { standard } = RetryPolicy;
const warmModel = RetryPolicy.make({ temperature: "warm" });
const repeatable = RetryPolicy.make({ repeatIsSafe: true });

/** Rounding of durations to whole nanoseconds. */
const rounding = 0.001;

interface Observed {
  readonly waits: ReadonlyArray<number>;
  readonly startedAt: ReadonlyArray<number>;
  readonly endedAt: number;
}

/** Where a caller left what was said: nowhere, if it was true. */
const surprises = ({ retries, attempts, longestMs }: Explanation, observed: Observed): ReadonlyArray<string> => {
  const { waits, startedAt, endedAt } = observed;
  const found = retries.flatMap(({ attempt }, index) => (attempt === index + 2 ? [] : [`${attempt} at row ${index}`]));
  const expectIn = (seen: number, said: Range | undefined, what: string) => {
    if (said !== undefined && seen >= said.least - rounding && seen <= said.most + rounding) return;
    found.push(`${what}: ${seen} is not from ${said?.least} to ${said?.most}`);
  };
  expectIn(startedAt.length, attempts, "attempts");
  expectIn(endedAt, { least: 0, most: longestMs }, "the end");
  for (const [index, wait] of waits.entries()) {
    expectIn(wait, retries[index]?.waitMs, `the wait before attempt ${index + 2}`);
    expectIn(startedAt[index + 1] ?? NaN, retries[index]?.startMs, `the start of attempt ${index + 2}`);
  }
  return found;
};

/** What one caller sees, by stepping the very schedule: how `Effect.retry` and a timeout would use it. */
const observe = (policy: Policy, error: GatewayError, options: Options, chance: Chance): Observed => {
  const { deadlineMs, answerMs } = options;
  const next = follow(policy, chance, deadlineMs);
  const waits: Array<number> = [];
  const startedAt = [0];
  let now = answerMs;
  while (now < deadlineMs) {
    const wait = next(now, error);
    if (wait === undefined) return { waits, startedAt, endedAt: now };
    now += wait;
    if (now >= deadlineMs) break;
    waits.push(wait);
    startedAt.push(now);
    now += answerMs;
  }
  return { waits, startedAt, endedAt: deadlineMs };
};

interface Options {
  readonly deadlineMs: number;
  readonly answerMs: number;
}

/** Two hundred callers. */
const seeds: ReadonlyArray<Chance> = Array.from({ length: 200 }, (_, seed) => ({ seed }));

/** Draws that are as early as can be for a while, and then always the same. */
const early = (count: number, drawn: number): Chance => ({
  draws: [...Array.from({ length: count }, () => highest), drawn],
});

/** Callers who see what is too rare for two hundred: constant draws; and each longest wait that still fits. */
const rare = (policy: Policy, error: GatewayError, options: Options, rows: number): ReadonlyArray<Observed> => {
  const constant = Array.from({ length: 101 }, (_, step) => early(0, Math.min(step / 100, highest)));
  const found = constant.map((chance) => observe(policy, error, options, chance));
  for (let row = 0; row < rows; row++) {
    let [fits, tooLong] = [highest, 0];
    for (let half = 0; half < 14; half++) {
      const drawn = half === 0 ? 0 : (fits + tooLong) / 2;
      const observed = observe(policy, error, options, early(row, drawn));
      found.push(observed);
      if (observed.waits.length > row) fits = drawn;
      else tooLong = drawn;
      if (fits === 0) break;
    }
  }
  return found;
};

/** May end by itself at a last chance, or before. */
const fewAndLast = RetryPolicy.make({
  noCapacity: { factor: 2, jitter: "spread", retries: 3, lastChance: "2 seconds" },
});

const served: ReadonlyArray<readonly [string, Policy, GatewayError]> = [
  ["503", standard, cold],
  ["503 with Retry-After: 0.9", standard, unavailable("unavailable", 900)],
  ["503 from a warm model", warmModel, cold],
  ["a closed socket", standard, closed],
  ["a proxy's 502 with Retry-After: 3", standard, unavailable("proxy", 3000)],
  ["429", standard, limited],
  ["429 with Retry-After: 0.999", standard, limitedFor(999)],
  ["429 with Retry-After: 17", standard, limitedFor(17_000)],
  ["a refused connection", standard, refused],
  ["500", standard, failed],
  ["an unknown outcome", repeatable, unknown],
  ["401", standard, oneOfEach.Unauthorized],
  ["a few retries with a last chance", fewAndLast, closed],
];

const circumstances = [
  { deadlineMs: 900, answerMs: 0 },
  { deadlineMs: 8000, answerMs: 700 },
  { deadlineMs: 60_000, answerMs: 700 },
  { deadlineMs: 300_000, answerMs: 0 },
  { deadlineMs: Infinity, answerMs: 50 },
];

describe.each(served)("the explanation of %s", (_, policy, error) => {
  it.each(circumstances)(
    "holds for 200 callers in a call of $deadlineMs ms with answers of $answerMs ms, and is tight",
    (options) => {
      const explanation = explain(policy, error, options);
      const all = [
        ...seeds.map((chance) => observe(policy, error, options, chance)),
        ...rare(policy, error, options, explanation.retries.length),
      ];
      expect(all.flatMap((observed) => surprises(explanation, observed))).toEqual([]);
      expect(rangeOf(all.map(({ startedAt }) => startedAt.length))).toEqual(explanation.attempts);
      expectTight(explanation.longestMs, Math.max(...all.map(({ endedAt }) => endedAt)), 0.02 * explanation.longestMs);
      for (const [index, { attempt, waitMs, startMs }] of explanation.retries.entries()) {
        expectTightRange(waitMs, rangeOf(all.flatMap(({ waits }) => waits[index] ?? [])), `wait before ${attempt}`);
        expectTightRange(
          startMs,
          rangeOf(all.flatMap(({ startedAt }) => startedAt[index + 1] ?? [])),
          `start of ${attempt}`,
        );
      }
    },
  );

  it.effect("holds on the clock", () =>
    Effect.gen(function* () {
      const options = { deadlineMs: 45_000, answerMs: 300 };
      const explanation = explain(policy, error, options);
      const runs = yield* calls(
        Array.from({ length: 50 }, (_, seed) => seed),
        () => error,
        policy,
        options,
      );
      const found = runs.flatMap((run) =>
        surprises(explanation, { ...run, waits: run.waits.map((wait) => wait - options.answerMs) }),
      );
      expect(found).toEqual([]);
    }),
  );
});

const rangeOf = (numbers: ReadonlyArray<number>) => ({ least: Math.min(...numbers), most: Math.max(...numbers) });

const expectTight = (said: number, seen: number, slack: number, what?: string) =>
  expect(Math.abs(said - seen), what).toBeLessThanOrEqual(slack + rounding);

const expectTightRange = (said: Range, seen: Range, what: string) => {
  const slack = 0.06 * (said.most - said.least) + 0.001 * said.most;
  expectTight(said.least, seen.least, slack, `the least ${what}`);
  expectTight(said.most, seen.most, slack, `the most ${what}`);
};

const evenly = (count: number, waitMs: number): ReadonlyArray<Retry> =>
  Array.from({ length: count }, (_, index) => ({
    attempt: index + 2,
    waitMs: { least: waitMs, most: waitMs },
    startMs: { least: (index + 1) * waitMs, most: (index + 1) * waitMs },
  }));

const exactly = (count: number) => ({ least: count, most: count });

describe("the explanation of a user's own schedule", () => {
  const fiveTimes: Policy = Schedule.max([Schedule.spaced(1500), Schedule.recurs(5)]);

  it("is exact", () => {
    expect(explain(fiveTimes, failed)).toEqual({
      code: "SLUICE-500-INFERENCE",
      deadlineMs: 300_000,
      retries: evenly(5, 1500),
      attempts: exactly(6),
      longestMs: 7500,
    });
  });

  it("counts the gateway's time for each answer", () => {
    const { retries, longestMs } = explain(fiveTimes, failed, { answerMs: 500 });
    expect(retries.map(({ startMs }) => startMs)).toEqual([2000, 4000, 6000, 8000, 10_000].map(exactly));
    expect(retries.map(({ waitMs }) => waitMs)).toEqual(Array.from({ length: 5 }, () => exactly(1500)));
    expect(longestMs).toBe(10_500);
  });

  it("knows the call's timeout, though the schedule does not", () => {
    const { retries, attempts, longestMs } = explain(fiveTimes, failed, { deadlineMs: 5000 });
    expect(retries).toEqual(evenly(3, 1500));
    expect(attempts).toEqual(exactly(4));
    expect(longestMs).toBe(5000);
  });

  it("lets no attempt begin at the deadline", () => {
    expect(explain(fiveTimes, failed, { deadlineMs: 4500 }).attempts).toEqual(exactly(3));
    expect(explain(fiveTimes, failed, { deadlineMs: 4501 }).attempts).toEqual(exactly(4));
    expect(explain(fiveTimes, failed, { deadlineMs: 7500 }).longestMs).toBe(7500);
  });

  it("is exact in a part of the standard policy", () => {
    const policy = RetryPolicy.make({ inference: fiveTimes });
    expect(explain(policy, failed)).toEqual(explain(fiveTimes, failed));
    expect(explain(policy, refused)).toEqual(explain(standard, refused));
  });

  it("follows one that takes hundreds of retries to its end", () => {
    expect(explain(Schedule.recurs(250), failed).attempts).toEqual(exactly(251));
    expect(explain(Schedule.spaced("1 second"), failed)).toMatchObject({ attempts: exactly(300), longestMs: 300_000 });
  });
});

describe("the explanation of few retries with a last chance", () => {
  it("ends with the last of them, at the latest just before the deadline", () => {
    const { retries, attempts, longestMs } = explain(fewAndLast, closed, { deadlineMs: 12_000 });
    expect(attempts).toEqual(exactly(4));
    // After waits of 1, 2 and 4 s; or after 3 and 4 s, and what is left of 8 s.
    expect(retries.map(({ startMs }) => Math.round(startMs.least))).toEqual([1000, 3000, 7000]);
    expect(retries.map(({ startMs }) => Math.round(startMs.most))).toEqual([3000, 7000, 10_000]);
    expect(longestMs).toBeCloseTo(10_000, 3);
  });
});

describe("the explanation of a policy that does not end", () => {
  it.each<readonly [string, Policy]>([
    ["a schedule without an end", Schedule.spaced(10)],
    ["a schedule without an end or a wait", Schedule.forever],
  ])("in a call that does not end either is told as such: %s", (_, policy) => {
    const { attempts, longestMs } = explain(policy, cold, { deadlineMs: Infinity });
    expect(attempts).toEqual(exactly(Infinity));
    expect(longestMs).toBe(Infinity);
  });

  it("does not hang when nothing takes time", () => {
    expect(explain(Schedule.forever, cold).attempts).toEqual(exactly(Infinity));
  });
});

describe("the explanation of one attempt", () => {
  it.each(family.filter((error) => RetryPolicy.nameFor(error) === undefined))("$_tag is not retried", (error) => {
    expect(explain(standard, error, { answerMs: 250 })).toEqual({
      code: error.code,
      deadlineMs: 300_000,
      retries: [],
      attempts: exactly(1),
      longestMs: 250,
    });
  });

  it("is all for those callers whose wait would end with the call", () => {
    expect(explain(standard, refused, { deadlineMs: 250 }).attempts).toEqual({ least: 1, most: 2 });
    expect(explain(standard, refused, { deadlineMs: 251 }).attempts).toEqual(exactly(2));
  });

  it("is not longer than its call", () => {
    for (const deadlineMs of [0, 100]) {
      const { attempts, longestMs } = explain(standard, cold, { deadlineMs, answerMs: 250 });
      expect(attempts).toEqual(exactly(1));
      expect(longestMs).toBe(deadlineMs);
    }
  });

  it("is all there is when the gateway asks for more time than the call has", () => {
    const { attempts, longestMs } = explain(standard, limitedFor(400_000));
    expect(attempts).toEqual(exactly(1));
    expect(longestMs).toBe(0);
  });
});

describe("any policy without a last chance", () => {
  it("is explained truly: no caller is surprised", () => {
    const situations = fc.record({
      options: optionsWith(recipe("without")),
      trouble,
      deadlineMs: fc.integer({ min: 0, max: 120_000 }),
      answerMs: fc.constantFrom(0, 80, 2000),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(situations, ({ options, trouble: { error }, seed, ...circumstances }) => {
        const policy = RetryPolicy.make(options);
        const explanation = explain(policy, error, circumstances);
        const chances = [0, 1, 2, 3, 4, 5, 6, 7].map((offset) => ({ seed: seed + offset }));
        const observed = chances.map((chance) => observe(policy, error, circumstances, chance));
        expect(observed.flatMap((each) => surprises(explanation, each))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("formatExplanation", () => {
  it("tells of 401 that it is not tried again", () => {
    expect(formatExplanation(explain(standard, oneOfEach.Unauthorized))).toBe(
      "SLUICE-401-UNAUTHORIZED: one attempt; it is not tried again.\n",
    );
  });

  it("tells of 429 with Retry-After: 17 to the second", () => {
    expect(formatExplanation(explain(standard, limitedFor(17_000)))).toBe(
      [
        "SLUICE-429-RATE-LIMITED: 9 attempts in at most 136 s",
        "",
        "attempt  wait before it  begins at",
        "1        –               0 s",
        "2        17 s            17 s",
        "3        17 s            34 s",
        "4        17 s            51 s",
        "5        17 s            68 s",
        "6        17 s            85 s",
        "7        17 s            102 s",
        "8        17 s            119 s",
        "9        17 s            136 s",
        "",
      ].join("\n"),
    );
  });

  it("tells of a refused connection in hundredths of a second", () => {
    expect(formatExplanation(explain(standard, refused))).toBe(
      [
        "SLUICE-502-CONNECTION: 4 attempts in at most 1.75 s",
        "",
        "attempt  wait before it    begins at",
        "1        –                 0 s",
        "2        0.13 s to 0.25 s  0.13 s to 0.25 s",
        "3        0.25 s to 0.5 s   0.38 s to 0.75 s",
        "4        0.5 s to 1 s      0.88 s to 1.75 s",
        "",
      ].join("\n"),
    );
  });

  it("tells from how many to how many attempts, and times of ten seconds or more in tenths", () => {
    const [first, ...table] = formatExplanation(explain(standard, closed, { deadlineMs: 40_000 })).split("\n");
    expect(first).toBe("SLUICE-503-CLOSED: 6 to 7 attempts in at most 40 s");
    expect(table.slice(1, -1)).toEqual([
      "attempt  wait before it  begins at",
      "1        –               0 s",
      "2        0.6 s to 1 s    0.6 s to 1 s",
      "3        1.2 s to 2 s    1.8 s to 3 s",
      "4        2.4 s to 4 s    4.2 s to 7 s",
      "5        4.8 s to 8 s    9 s to 15 s",
      "6        9.6 s to 16 s   18.6 s to 31 s",
      "7        18 s to 21.4 s  36.6 s to 40 s",
    ]);
  });

  it("speaks of one attempt when that is all that a call has time for", () => {
    expect(formatExplanation(explain(standard, cold, { deadlineMs: 100 }))).toContain("one attempt");
  });
});
