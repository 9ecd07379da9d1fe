/** The events of calls, as every observer sees them: in order, tied by their ids, and nothing told twice or left out. */
import { GatewayClient, type CallEvent, type GatewayClientSettings } from "@sluice/core/effect";
import { disorderIn } from "@sluice/telemetry";
import { assert, describe, it } from "@effect/vitest";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import fc from "fast-check";
import {
  type Behaviour,
  closed,
  coldUntil,
  inference,
  limited,
  refused,
  silent,
  unavailable,
  warm,
  world,
} from "./routes/models.ts";

const [a, b] = ["http://a.example", "http://b.example"] as const;
const both = [{ gateway: a }, { gateway: b }];
const ask = (model_id: string) => GatewayClient.use((client) => client.textToImage({ prompt: "a fox", model_id }));

interface Scene extends GatewayClientSettings {
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly callers?: number;
  /** When all callers give up, in milliseconds. */
  readonly abortMs?: number;
}

/** Calls that begin at once, until they are over; and what was told of them. */
const play = ({ behaviours, callers = 1, abortMs, ...settings }: Scene) => {
  const { asked, client } = world(behaviours);
  const where = settings.routes === undefined ? { gateway: a } : {};
  const events: Array<CallEvent> = [];
  const onEvent = (event: CallEvent) => events.push(event);
  return Effect.gen(function* () {
    const calls = yield* Effect.forEach(Array.from({ length: callers }), () => Effect.forkChild(ask("fox")));
    if (abortMs !== undefined) {
      yield* TestClock.adjust(abortMs);
      yield* Fiber.interruptAll(calls);
    }
    yield* TestClock.adjust("10 minutes");
    const exits = yield* Effect.forEach(calls, Fiber.await);
    return { asked, events, exits };
  }).pipe(Effect.provide(client({ ...where, ...settings, onEvent })), Effect.provide(TestClock.layer()));
};

const typesOf = (events: ReadonlyArray<CallEvent>) =>
  events.map((event) => (event.type === "waiting" ? `waiting for ${event.for}` : event.type));

const byCall = (events: ReadonlyArray<CallEvent>) =>
  [...Map.groupBy(events, ({ requestId }) => requestId).values()].map(typesOf);

const attempt = ["attempt-started", "attempt-ended"];

describe("the events of a call", () => {
  const table: ReadonlyArray<readonly [string, Scene, ReadonlyArray<string>, outcome: string]> = [
    ["that succeeds", { behaviours: { fox: warm(3_000) } }, attempt, "ok"],
    ["that is retried", { behaviours: { fox: coldUntil(400) } }, [...attempt, "waiting for retry", ...attempt], "ok"],
    ["that is refused", { behaviours: { fox: limited(86_400) } }, attempt, "SLUICE-429-RATE-LIMITED"],
    ["that is aborted during an attempt", { behaviours: { fox: silent }, abortMs: 100 }, attempt, "SLUICE-499-ABORTED"],
    [
      "that is aborted while it waits",
      { behaviours: { fox: limited(60) }, abortMs: 100 },
      [...attempt, "waiting for retry"],
      "SLUICE-499-ABORTED",
    ],
    ["that outlasts its deadline", { behaviours: { fox: silent }, timeoutMs: 1_000 }, attempt, "SLUICE-504-DEADLINE"],
    [
      "that fails over",
      {
        behaviours: { [a]: refused, [b]: warm() },
        routes: both,
      },
      [...attempt, ...attempt],
      "ok",
    ],
  ];

  for (const [name, scene, between, outcome] of table) {
    it.effect(`${name} are in order`, () =>
      Effect.gen(function* () {
        const { events } = yield* play(scene);
        assert.deepStrictEqual(typesOf(events), ["call-started", ...between, "call-ended"]);
        assert.include(events.at(-1), { type: "call-ended", outcome });
        assert.deepStrictEqual(disorderIn(events), []);
      }),
    );
  }
});

describe("the events of calls that get in each other's way", () => {
  it.effect("tell who asks for a cold model, and who waits for its news", () =>
    Effect.gen(function* () {
      const { events } = yield* play({ behaviours: { fox: coldUntil(400) }, callers: 2 });
      assert.deepStrictEqual(disorderIn(events), []);
      const [asking, other] = byCall(events);
      assert.deepStrictEqual(asking?.slice(0, 4), ["call-started", ...attempt, "waiting for retry"]);
      assert.deepStrictEqual(other?.slice(0, 4), ["call-started", "waiting for gate", "gate-opened", attempt[0]]);
      for (const types of [asking, other]) assert.deepStrictEqual(types?.slice(-3), [...attempt, "call-ended"]);
    }),
  );

  it.effect("tell who waits for a turn, having waited to see whether the model is cold", () =>
    Effect.gen(function* () {
      const { events } = yield* play({ behaviours: { fox: warm(3_000) }, callers: 2, concurrency: 1 });
      assert.deepStrictEqual(disorderIn(events), []);
      const [, other] = byCall(events);
      const waits = ["waiting for gate", "gate-opened", "waiting for turn"];
      assert.deepStrictEqual(other, ["call-started", ...waits, ...attempt, "call-ended"]);
    }),
  );

  it.effect("tell who waits for the rate limit, and how long", () =>
    Effect.gen(function* () {
      const limit = { requests: 1, perSeconds: 10, of: "key" } as const;
      const paced = { gateway: { name: "paced", baseUrl: a, rateLimit: limit }, pace: true };
      const { events } = yield* play({ behaviours: { fox: warm(1_000) }, callers: 2, ...paced });
      assert.deepStrictEqual(disorderIn(events), []);
      const waits = ["waiting for gate", "gate-opened", "waiting for pace"];
      assert.deepStrictEqual(byCall(events)[1], ["call-started", ...waits, ...attempt, "call-ended"]);
      assert.deepInclude(
        events.find((event) => event.type === "waiting" && event.for === "pace"),
        { waitMs: 9_000 },
      );
    }),
  );
});

describe("whatever gateways do, and however many call them", () => {
  const named = {
    warm: warm(1_000),
    cold: coldUntil(20_000),
    unavailable,
    inference,
    limited: limited(3),
    refused,
    closed,
    silent,
  };
  const name = fc.constantFrom(...(Object.keys(named) as ReadonlyArray<keyof typeof named>));
  const scenes = fc.record({
    answers: fc.array(name, { minLength: 1, maxLength: 4 }),
    elsewhere: fc.option(name, { nil: undefined }),
    callers: fc.integer({ min: 1, max: 4 }),
    concurrency: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
    timeoutMs: fc.constantFrom(1_000, 30_000, 300_000),
    abortMs: fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: undefined }),
  });

  it("each call is told from its start to its one end, an attempt for each request", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async ({ answers, elsewhere, abortMs, ...scene }) => {
        let turn = 0;
        const inTurn: Behaviour = (one) => named[answers[turn++ % answers.length] ?? "warm"](one);
        const behaviours = { [a]: inTurn, [b]: named[elsewhere ?? "warm"] };
        const routes = elsewhere === undefined ? {} : { routes: both };
        const aborting = abortMs === undefined ? {} : { abortMs };
        const { asked, events, exits } = await Effect.runPromise(
          play({ behaviours, ...scene, ...routes, ...aborting }),
        );
        assert.deepStrictEqual(disorderIn(events), []);
        // Who waits at the gate hears an answer, or that another call has left, or that an answer is overdue.
        const news = asked.length + 2 * scene.callers;
        for (const types of byCall(events)) {
          assert.isAtMost(types.filter((type) => type === "waiting for gate").length, news);
        }
        const at = events.map((event) => event.at);
        assert.deepStrictEqual(
          at,
          at.toSorted((a, b) => a - b),
        );
        const started = events.filter(({ type }) => type === "attempt-started");
        assert.lengthOf(started, asked.length);
        assert.lengthOf(
          events.filter(({ type }) => type === "call-ended"),
          scene.callers,
        );
        for (const one of Map.groupBy(events, ({ requestId }) => requestId).values()) {
          const asked = one.flatMap((event) => (event.type === "attempt-ended" ? [event] : []));
          const [end] = one.flatMap((event) => (event.type === "call-ended" ? [event] : []));
          assert.deepStrictEqual(
            end?.statuses,
            asked.map(({ status }) => status),
          );
          const busy = asked.reduce((sum, { ms }) => sum + ms, 0);
          assert.closeTo((end?.waitedMs ?? 0) + busy, end?.ms ?? 0, 0.001);
          // Who waits at the gate knows that the model is cold as well as who was told so.
          const told = [...asked.map(({ outcome }) => outcome), ...one.map((event) => reasonOf(event))];
          if (told.some((code) => code?.startsWith("SLUICE-503-"))) assert.isTrue(end?.coldStart);
        }
        const outcomes = events.flatMap((event) => (event.type === "call-ended" ? [event.outcome] : []));
        assert.sameMembers(outcomes, exits.map(outcomeOf));
      }),
    );
  });
});

const reasonOf = (event: CallEvent): string | undefined =>
  event.type === "waiting" && event.for === "gate" ? event.reason?.code : undefined;

const outcomeOf = (exit: Exit.Exit<unknown, { readonly code: string }>): string => {
  if (Exit.isSuccess(exit)) return "ok";
  if (Cause.hasInterruptsOnly(exit.cause)) return "SLUICE-499-ABORTED";
  return (Cause.squash(exit.cause) as { readonly code: string }).code;
};
