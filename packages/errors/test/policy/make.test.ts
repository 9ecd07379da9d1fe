/** `make` changes what it is told to change, and nothing else; what makes no sense it refuses, all of it at once. */
import { describe, expect, it } from "@effect/vitest";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Schedule from "effect/Schedule";
import { type FieldError, type GatewayError, isGatewayError, type Policy, RetryPolicy } from "../../src/index.ts";
import { family } from "../failures/oneOfEach.ts";
import { call, saying } from "../virtualTime.ts";
import { closed, cold, failed, limited, limitedFor, refused, unavailable, unknown } from "./samples.ts";
import { highest, waitsOf } from "./stepping.ts";

const { make, recipes, standard } = RetryPolicy;

const deadlineMs = 300_000;

interface Part {
  readonly name: RetryPolicy.PolicyName;
  /** What it serves, and the choice under which it does. */
  readonly error: GatewayError;
  readonly choice: RetryPolicy.Choice;
  /** Its first eight waits at the lowest draw, if it were to make as many: in milliseconds. */
  readonly eight: ReadonlyArray<number>;
}

const parts: ReadonlyArray<Part> = [
  {
    name: "cold",
    error: cold,
    choice: { temperature: "cold" },
    eight: [475, 641.25, 865.6875, 1168.678, 1577.715, 2129.916, 2875.386, 3881.771],
  },
  {
    name: "warm",
    error: cold,
    choice: { temperature: "warm" },
    eight: [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000],
  },
  {
    name: "noCapacity",
    error: closed,
    choice: {},
    eight: [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
  },
  {
    name: "rateLimited",
    error: limited,
    choice: {},
    eight: [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000],
  },
  { name: "connection", error: refused, choice: {}, eight: [250, 500, 1000, 1000, 1000, 1000, 1000, 1000] },
  { name: "inference", error: failed, choice: {}, eight: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000] },
  {
    name: "outcomeUnknown",
    error: unknown,
    choice: { repeatIsSafe: true },
    eight: [250, 500, 1000, 2000, 2000, 2000, 2000, 2000],
  },
];

/** The waits at the lowest draw: those of a backoff before jitter shortens them. */
const unshortened = (policy: Policy, error: GatewayError, most = 100) =>
  waitsOf(policy, error, { chance: { draws: [0] }, most });

const seeded = (policy: Policy, error: GatewayError, seed = 7) =>
  waitsOf(policy, error, { chance: { seed }, deadlineMs });

const expectClose = (waits: ReadonlyArray<number>, expected: ReadonlyArray<number>) => {
  expect(waits.length).toBe(expected.length);
  for (const [index, wait] of waits.entries()) expect(wait).toBeCloseTo(expected[index] ?? NaN, 2);
};

describe("make without options", () => {
  it("waits as the standard policy does, to the millisecond", () => {
    for (const error of [...family, ...parts.map(({ error }) => error), unavailable("masked"), limitedFor(17_000)]) {
      for (const seed of [1, 2, 3]) expect(seeded(make(), error, seed)).toEqual(seeded(standard, error, seed));
    }
  });

  it.effect("counts each class apart, as the standard policy does", () =>
    Effect.gen(function* () {
      const script = saying(closed, limited, refused, cold, closed, failed, limited, unavailable("masked"), refused);
      const usual = yield* call(script, standard, { deadlineMs });
      expect(usual.startedAt.length).toBe(10);
      for (const policy of [
        make(),
        make({}),
        make({ temperature: "unknown", cold: undefined, maxRetries: undefined }),
      ]) {
        expect(yield* call(script, policy, { deadlineMs })).toEqual(usual);
      }
    }),
  );
});

describe.each(parts)("make with another $name", ({ name, error, choice, eight }) => {
  it("takes other retries, and keeps the waits", () => {
    expectClose(unshortened(make({ ...choice, [name]: { retries: 8 } }), error), eight);
    expectClose(unshortened(make({ ...choice, [name]: { retries: 1 } }), error), eight.slice(0, 1));
    expect(unshortened(make({ ...choice, [name]: { retries: 0 } }), error)).toEqual([]);
    expectClose(unshortened(make({ ...choice, [name]: { retries: Infinity } }), error, 8), eight);
  });

  it("takes another base, and keeps the factor, the cap and the retries", () => {
    const { base, factor, cap, retries } = recipes[name];
    const doubled = make({ ...choice, [name]: { base: 2 * Duration.toMillis(base) } });
    const count = Math.min(retries, 12);
    const expected = Array.from({ length: count }, (_, retry) =>
      Math.min(2 * Duration.toMillis(base) * factor ** retry, Duration.toMillis(cap)),
    );
    expectClose(unshortened(doubled, error, 12), expected);
  });

  it("takes another factor and cap", () => {
    const changed = make({ ...choice, [name]: { factor: 3, cap: "6 seconds", retries: 5 } });
    const base = eight[0] ?? NaN;
    const expected = [base, 3 * base, 9 * base, 27 * base, 81 * base].map((wait) => Math.min(wait, 6000));
    expectClose(unshortened(changed, error), expected);
  });

  it("takes another jitter, or none", () => {
    const highestDraw = { chance: { draws: [highest] }, most: 3 };
    const [first = NaN] = eight;
    expectClose(waitsOf(make({ ...choice, [name]: { jitter: 0 } }), error, highestDraw).slice(0, 1), [first]);
    expectClose(waitsOf(make({ ...choice, [name]: { jitter: 0.75 } }), error, highestDraw).slice(0, 1), [first / 4]);
    expectClose(waitsOf(make({ ...choice, [name]: { jitter: 1 } }), error, highestDraw).slice(0, 1), [0]);
  });

  it("takes a last chance before the deadline", () => {
    const patient = make({ ...choice, [name]: { base: 4000, cap: 4000, retries: 10, lastChance: 1500 } });
    const waits = waitsOf(patient, error, { chance: { draws: [0] }, deadlineMs: 12_000 });
    // The third wait would end at the deadline; the fourth would begin 1.5 s before it.
    expectClose(waits, [4000, 4000, 2500]);
  });

  it("takes a schedule in its place", () => {
    const own = make({ ...choice, [name]: Schedule.max([Schedule.spaced(1234), Schedule.recurs(3)]) });
    expect(unshortened(own, error)).toEqual([1234, 1234, 1234]);
  });

  it("takes `never` in its place", () => {
    expect(unshortened(make({ ...choice, [name]: "never" }), error)).toEqual([]);
  });

  it("leaves all other parts as they are", () => {
    for (const part of [{ base: 10, retries: 1 }, "never", Schedule.spaced(10)] as const) {
      for (const other of parts.filter((other) => other.name !== name)) {
        const changed = make({ ...other.choice, [name]: part });
        expect(seeded(changed, other.error)).toEqual(seeded(RetryPolicy[other.name], other.error));
      }
    }
  });

  it("does not change the recipe it begins with", () => {
    const before = { ...recipes[name] };
    make({ [name]: { base: 10, factor: 9, retries: 1 } });
    expect(recipes[name]).toEqual(before);
  });
});

describe("what one retry does not show of the inference policy", () => {
  it("is that its waits would not grow", () => {
    expect(unshortened(make({ inference: { cap: "9 seconds", retries: 3 } }), failed)).toEqual([1000, 1000, 1000]);
  });

  it("is that its waits would be no longer than a second", () => {
    expect(unshortened(make({ inference: { base: "3 seconds" } }), failed)).toEqual([1000]);
  });
});

describe("retries without a number", () => {
  it("end 300 s after the first failure in a call without a deadline", () => {
    const everySecond = make({ connection: { base: 1000, cap: 1000, jitter: 0, retries: Infinity } });
    expect(waitsOf(everySecond, refused).length).toBe(299);
    expect(waitsOf(everySecond, refused, { answerMs: 500 }).length).toBe(200);
    expect(waitsOf(everySecond, refused, { deadlineMs: 400_000 }).length).toBe(399);
  });
});

describe("a last chance", () => {
  it("can be taken away: the policy then ends rather than wait beyond the deadline", () => {
    // As plain JavaScript says it.
    const part = { lastChance: undefined as never };
    const options = { chance: { draws: [0] }, deadlineMs: 13_000 };
    const six = [475, 641.25, 865.688, 1168.678, 1577.715, 2129.916];
    expectClose(waitsOf(make({ cold: part }), cold, options), [...six, 2875.386]);
    // The seventh retry begins 5 s before the end; the wait that follows still fits.
    expectClose(waitsOf(make(), cold, options), [...six, 1141.754, 3881.771]);
  });
});

describe("a schedule given for two parts", () => {
  it.effect("is counted for each of them, as every class is", () =>
    Effect.gen(function* () {
      const twice = Schedule.recurs(2);
      const policy = make({ rateLimited: twice, connection: twice });
      const { exit, startedAt } = yield* call(saying(limited, limited, refused, refused), policy);
      expect(exit).toEqual(Exit.succeed("result"));
      expect(startedAt).toEqual([0, 0, 0, 0, 0]);
    }),
  );
});

describe("make with what is known of the model", () => {
  it.each(["cold", "unknown", undefined] as const)("waits patiently for one that is %s", (temperature) => {
    expect(seeded(make({ temperature }), cold)).toEqual(seeded(RetryPolicy.cold, cold));
  });

  it("is quick with one that is warm", () => {
    expect(seeded(make({ temperature: "warm" }), cold)).toEqual(seeded(RetryPolicy.warm, cold));
    expect(seeded(make({ temperature: "warm" }), closed)).toEqual(seeded(RetryPolicy.noCapacity, closed));
  });
});

describe("make with a repeat that is safe", () => {
  it.each([
    { repeatIsSafe: true, retries: 2 },
    { repeatIsSafe: false, retries: 0 },
    { repeatIsSafe: undefined, retries: 0 },
  ])("($repeatIsSafe) retries an unknown outcome $retries times", ({ repeatIsSafe, retries }) => {
    expect(seeded(make({ repeatIsSafe }), unknown).length).toBe(retries);
  });

  it("does not repeat for its sake alone: a changed part stays unused", () => {
    expect(seeded(make({ outcomeUnknown: { retries: 9 } }), unknown)).toEqual([]);
  });

  it("changes no other class", () => {
    for (const error of family.filter(({ _tag }) => _tag !== "OutcomeUnknown")) {
      expect(seeded(make({ repeatIsSafe: true }), error)).toEqual(seeded(standard, error));
    }
  });
});

describe("make with maxRetries", () => {
  const mixed = [closed, limited, refused, cold, closed, failed, limited, cold, refused, cold];

  it.effect.each([0, 1, 5, 9])("of %s counts all classes together", (maxRetries) =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(saying(...mixed), make({ maxRetries }));
      expect(startedAt.length).toBe(maxRetries + 1);
      expect(exit).toEqual(Exit.fail(mixed[maxRetries]));
    }),
  );

  it.effect.each([10, 11, Infinity, undefined])("of %s leaves a call alone that needs ten", (maxRetries) =>
    Effect.gen(function* () {
      const run = yield* call(saying(...mixed), make({ maxRetries }));
      expect(run).toEqual(yield* call(saying(...mixed), standard));
      expect(run.exit).toEqual(Exit.succeed("result"));
    }),
  );

  it("gives no class more than its own", () => {
    expect(seeded(make({ maxRetries: 100 }), refused).length).toBe(3);
    expect(seeded(make({ maxRetries: 100 }), unknown).length).toBe(0);
  });

  it("bounds also what a user's own schedule would go on with", () => {
    expect(seeded(make({ maxRetries: 4, cold: Schedule.spaced(10) }), cold)).toEqual([10, 10, 10, 10]);
  });
});

/** The mistakes that `make` finds; values that types forbid come from plain JavaScript. */
const mistakesIn = (options: object): ReadonlyArray<FieldError> => {
  try {
    make(options);
  } catch (thrown) {
    if (isGatewayError(thrown, "InvalidConfiguration")) return thrown.fields;
    throw thrown;
  }
  return [];
};

const aWait = (example: string) => `must be a finite duration, such as ${example}`;

const notAPart = 'must be a recipe, a Schedule or "never"';

const messages = {
  base: aWait("500 or `500 millis`"),
  factor: "must be a number of 1 or more",
  cap: aWait("20000 or `20 seconds`"),
  jitter: "must be from 0 to 1, or `spread`",
  retries: "must be a whole number, 0 or more",
  lastChance: "must be a finite duration",
} satisfies Record<keyof RetryPolicy.Recipe, string>;

type Row = readonly [keyof RetryPolicy.Recipe, unknown, string];

describe("make refuses", () => {
  it.each<Row>([
    ["base", -1, "-1"],
    ["base", Infinity, "Infinity"],
    ["base", NaN, "NaN"],
    ["base", "soon", '"soon"'],
    ["base", "500", '"500"'],
    ["base", "-5 seconds", '"-5 seconds"'],
    ["base", -5n, "-5"],
    ["base", null, "null"],
    ["factor", 0.5, "0.5"],
    ["factor", 0, "0"],
    ["factor", -2, "-2"],
    ["factor", Infinity, "Infinity"],
    ["factor", NaN, "NaN"],
    ["factor", "2", '"2"'],
    ["cap", -1, "-1"],
    ["cap", Infinity, "Infinity"],
    ["cap", NaN, "NaN"],
    ["cap", "20", '"20"'],
    ["jitter", 2, "2"],
    ["jitter", 1.001, "1.001"],
    ["jitter", -0.1, "-0.1"],
    ["jitter", NaN, "NaN"],
    ["jitter", "full", '"full"'],
    ["jitter", "0.5", '"0.5"'],
    ["jitter", null, "null"],
    ["retries", 1.5, "1.5"],
    ["retries", -1, "-1"],
    ["retries", -Infinity, "-Infinity"],
    ["retries", NaN, "NaN"],
    ["retries", "3", '"3"'],
    ["lastChance", -1, "-1"],
    ["lastChance", Infinity, "Infinity"],
    ["lastChance", NaN, "NaN"],
    ["lastChance", "5s", '"5s"'],
  ])("a %s of %s", (field, value, sent) => {
    for (const name of ["cold", "connection"] as const) {
      expect(mistakesIn({ [name]: { [field]: value } })).toEqual([
        { path: `${name}.${field}`, message: messages[field], sent },
      ]);
    }
  });

  it.each([
    ["nevr", '"nevr"'],
    [5, "5"],
    [true, "true"],
  ])("a part that is %s", (part, sent) => {
    expect(mistakesIn({ warm: part })).toEqual([{ path: "warm", message: notAPart, sent }]);
  });

  it("a field that no recipe has", () => {
    expect(mistakesIn({ warm: { retrys: 3, retries: 3 } })).toEqual([
      { path: "warm.retrys", message: "is not one of base, factor, cap, jitter, retries, lastChance" },
    ]);
  });

  it.each([
    [-1, "-1"],
    [-0.5, "-0.5"],
    [1.5, "1.5"],
    [NaN, "NaN"],
    ["3", '"3"'],
    ["many", '"many"'],
  ])("maxRetries of %s", (maxRetries, sent) => {
    expect(mistakesIn({ maxRetries })).toEqual([
      { path: "maxRetries", message: "must be a whole number, 0 or more", sent },
    ]);
  });

  it.each(["base", "cap"])("a %s of nothing when the retries have no end: a storm", (field) => {
    expect(mistakesIn({ cold: { [field]: 0 } })).toMatchObject([{ path: `cold.${field}`, sent: "0" }]);
    expect(mistakesIn({ connection: { [field]: 0, retries: Infinity } }).length).toBe(1);
    expect(mistakesIn({ connection: { [field]: 0 } })).toEqual([]);
    expect(mistakesIn({ cold: { [field]: 1 } })).toEqual([]);
  });

  it("an option that it does not know", () => {
    const names = "cold, warm, noCapacity, rateLimited, connection, inference, outcomeUnknown";
    expect(mistakesIn({ colde: "never" })).toEqual([
      { path: "colde", message: `is not one of ${names}, temperature, repeatIsSafe, maxRetries` },
    ]);
  });

  it("everything at once, with each mistake's place and what was sent there", () => {
    const fields = mistakesIn({
      rateLimited: { retries: 1.5, factor: 0.5, base: "1 second" },
      cold: { jitter: 2, lastChance: -5 },
      inference: "never",
      connection: Schedule.recurs(1),
      maxRetries: -1,
    });
    expect(fields).toEqual([
      { path: "cold.jitter", message: messages.jitter, sent: "2" },
      { path: "cold.lastChance", message: messages.lastChance, sent: "-5" },
      { path: "rateLimited.factor", message: messages.factor, sent: "0.5" },
      { path: "rateLimited.retries", message: messages.retries, sent: "1.5" },
      { path: "maxRetries", message: "must be a whole number, 0 or more", sent: "-1" },
    ]);
  });

  it("with an error whose sentence and fix name the fields", () => {
    expect(() => make({ rateLimited: { retries: 1.5 }, maxRetries: -1 })).toThrow(
      expect.objectContaining({
        _tag: "InvalidConfiguration",
        gateway: "any gateway",
        pipeline: "retry policy",
        code: "SLUICE-400-CONFIGURATION",
        message:
          "Sluice is not configured correctly: rateLimited.retries: must be a whole number, 0 or more (sent 1.5); " +
          "maxRetries: must be a whole number, 0 or more (sent -1).",
        fix: "Correct `rateLimited.retries`, `maxRetries`.",
        retryable: false,
      }),
    );
  });

  it("nothing that makes sense", () => {
    expect(
      mistakesIn({
        cold: { base: 0, factor: 1, cap: 0, jitter: 0, retries: 0, lastChance: 0 },
        warm: { base: "1 minute", factor: 10.5, cap: Duration.hours(1), jitter: 1, retries: Infinity },
        noCapacity: { jitter: "spread", lastChance: "5 seconds" },
        rateLimited: {},
        connection: "never",
        inference: Schedule.forever,
        outcomeUnknown: undefined,
        maxRetries: 0,
      }),
    ).toEqual([]);
    for (const recipe of Object.values(recipes)) expect(mistakesIn({ connection: recipe })).toEqual([]);
  });
});
