/** Routes: which gateway is asked first, which failures another may better, and what the result says of it. */
import { GatewayClient, type GatewayClientSettings, type RouteSettings } from "@sluice/core/effect";
import type { Evidence } from "@sluice/models";
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Option from "effect/Option";
import { TestClock } from "effect/testing";
import {
  answer,
  type Asked,
  type Behaviour,
  type Caller,
  closed,
  coldUntil,
  type Ended,
  errorIn,
  inference,
  limited,
  play,
  refused,
  resultIn,
  silent,
  succeeded,
  times,
  unavailable,
  warm,
  world,
} from "./models.ts";

const [a, b, c] = ["http://a.example", "http://b.example", "http://c.example"] as const;
const routes: ReadonlyArray<RouteSettings> = [{ gateway: a }, { gateway: b }];

interface Two {
  readonly first: Behaviour;
  readonly second?: Behaviour;
  readonly callers?: ReadonlyArray<Caller>;
  readonly settings?: GatewayClientSettings;
}

const playTwo = ({ first, second = warm(100), callers = [{ model: "m" }], settings = { routes } }: Two) =>
  play({ behaviours: { [a]: first, [b]: second }, callers, settings });

const evidence = (gateway: string, says: Evidence["says"], at = 0): Evidence => ({
  ...{ pipeline: "text-to-image", model: "m", gateway, from: "probe", says, at, source: "test" },
});

const only = (ends: ReadonlyArray<Ended>): Ended => ends[0] ?? assert.fail("it has ended");
const originsOf = (asked: ReadonlyArray<Asked>): ReadonlyArray<string> => asked.map(({ origin }) => origin);

describe("a call with two routes", () => {
  it.effect("takes the first, and says nothing of another", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* playTwo({ first: warm() });
      assert.deepStrictEqual(originsOf(asked), [a]);
      const { meta } = resultIn(only(ends));
      assert.include(meta, { gateway: a, model: "m", coldStart: false });
      assert.notProperty(meta, "requestedModel");
    }),
  );

  const gone: Behaviour = () => answer(410, '{"error":{"message":"gone"}}');
  const absent: Behaviour = () => answer(404, "404 page not found\n");
  const better: ReadonlyArray<readonly [string, Behaviour, string, number | null]> = [
    ["503", unavailable, "SLUICE-503-COLD", 503],
    ["closes the socket", closed, "SLUICE-503-CLOSED", null],
    ["cannot be reached", refused, "SLUICE-000-CONNECTION", null],
    ["does not offer the pipeline", absent, "SLUICE-404-PIPELINE", 404],
    ["has retired it", gone, "SLUICE-410-RETIRED", 410],
  ];
  for (const [name, first, , status] of better) {
    it.effect(`takes the second at once when the first ${name}`, () =>
      Effect.gen(function* () {
        const { asked, ends } = yield* playTwo({ first });
        assert.deepStrictEqual(originsOf(asked), [a, b]);
        const { meta, images } = resultIn(only(ends));
        assert.strictEqual(meta.gateway, b);
        assert.strictEqual(images[0]?.url, "http://b.example/stream/5c3a9f10/9b1de2a4.png");
        assert.deepStrictEqual(
          meta.attempts.map(({ status: seen, ms, waitedMs }) => [seen, ms, waitedMs]),
          [
            [status, 0, 0],
            [200, 100, 0],
          ],
        );
        const legs = only(ends).events.filter(({ type }) => type === "attempt-started" || type === "attempt-ended");
        assert.deepStrictEqual(
          legs.map((event) => ("gateway" in event ? event.gateway : "")),
          [a, a, b, b],
        );
      }),
    );
  }

  const final: ReadonlyArray<readonly [string, Behaviour, string]> = [
    ["422", () => answer(422, '{"error":{"message":"width: must be a multiple of 8"}}'), "InvalidRequest"],
    ["401", () => answer(401, '{"error":{"message":"unauthorized"}}'), "Unauthorized"],
    ["429", limited(900), "RateLimited"],
    ["500", inference, "InferenceFailed"],
  ];
  for (const [name, first, tag] of final) {
    it.effect(`does not take the second when the first answers ${name}`, () =>
      Effect.gen(function* () {
        const { asked, ends } = yield* playTwo({ first });
        assert.strictEqual(errorIn(only(ends))._tag, tag);
        assert.isTrue(originsOf(asked).every((origin) => origin === a));
      }),
    );
  }

  it.effect("asks the first no more in this call when it does not offer the pipeline", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* playTwo({ first: absent, second: coldUntil(3_000) });
      assert.isTrue(succeeded(only(ends)));
      assert.deepStrictEqual(
        originsOf(asked).filter((origin) => origin === a),
        [a],
      );
    }),
  );

  it.effect("takes the second while the first's circuit is open", () =>
    Effect.gen(function* () {
      const callers = Array.from({ length: 7 }, (_, place) => ({ model: "m", from: place * 3_000 }));
      const { asked, ends } = yield* playTwo({ first: inference, callers });
      const [sixth, seventh] = ends.slice(-2).map(resultIn);
      assert.deepStrictEqual([sixth?.meta.gateway, seventh?.meta.gateway], [b, b]);
      assert.lengthOf(
        originsOf(asked).filter((origin) => origin === b),
        2,
      );
    }),
  );

  it.effect("fails with the deadline that spans both, and the cause that was seen last", () =>
    Effect.gen(function* () {
      const options = { timeoutMs: 10_000 };
      const { ends } = yield* playTwo({ first: unavailable, second: silent, callers: [{ model: "m", options }] });
      assert.strictEqual(only(ends).at, 10_000);
      const error = errorIn(only(ends));
      assert.include(error, { _tag: "DeadlineExceeded", gateway: b, inFlight: true, mayHaveRun: true });
      assert.deepInclude(error.cause, { _tag: "ColdOrNoCapacity", gateway: a });
      assert.lengthOf(error.attempts, 2);
    }),
  );
});

describe("models by route", () => {
  const models = (name: string) => ({ "text-to-image": name });
  const settings = {
    routes: [
      { gateway: a, models: models("dear") },
      { gateway: b, models: models("cheap") },
    ],
  };

  it.effect("are asked for whatever the call names, and one that differs from the first is reported", () =>
    Effect.gen(function* () {
      const behaviours = { dear: unavailable, cheap: warm() };
      const { asked, ends } = yield* play({ behaviours, settings, callers: [{ model: "mine" }] });
      assert.deepStrictEqual(
        asked.map(({ model }) => model),
        ["dear", "cheap"],
      );
      assert.include(resultIn(only(ends)).meta, { gateway: b, model: "cheap", requestedModel: "dear" });
    }),
  );

  it.effect(
    "are priced each by its own gateway: what is too dear is passed over, and the cost is that of the answer",
    () =>
      Effect.gen(function* () {
        const priced = (name: string, baseUrl: string, price: string) => ({
          gateway: {
            name,
            baseUrl,
            prices: {
              asOf: "2026-11-22",
              source: "test",
              rates: [{ pipeline: "text-to-image", unit: "pixel", price, per: 1_048_576 } as const],
            },
          },
        });
        const three = [priced("a", a, "0.01"), priced("b", b, "7"), priced("c", c, "0.02")];
        const { asked, ends } = yield* play({
          behaviours: { [a]: refused, [c]: warm() },
          settings: { routes: three, maxCostUsd: "0.05" },
          callers: [{ model: "m" }],
        });
        assert.deepStrictEqual(originsOf(asked), [a, c]);
        assert.include(resultIn(only(ends)).meta, { gateway: "c" });
        assert.include(resultIn(only(ends)).meta.cost, { usd: "0.02" });
      }),
  );
});

describe("a route that refuses the request itself", () => {
  const dev: RouteSettings = { gateway: "livepeer-cloud" };
  const production = { environment: "production" };

  const card = (price: string) => ({
    ...{ asOf: "2026-11-22", source: "test" },
    rates: [{ pipeline: "text-to-image", unit: "pixel", price, per: 1 } as const],
  });
  const own = { name: "a", baseUrl: a };
  const refusing: ReadonlyArray<readonly [string, RouteSettings, GatewayClientSettings, string]> = [
    ["is for development, in production", dev, production, "PolicyRefused"],
    ["is for development, in prod", dev, { environment: " Prod" }, "PolicyRefused"],
    ["is too dear", { gateway: { ...own, prices: card("1") } }, { maxCostUsd: 1 }, "PriceExceeded"],
    ["has a rule of its own", { gateway: { ...own, jsonLimitBytes: 9 } }, {}, "InvalidRequest"],
    ["does not offer the pipeline", { gateway: { ...own, pipelines: ["llm"] } }, {}, "PipelineNotOffered"],
  ];
  for (const [name, route, more, tag] of refusing) {
    it.effect(`is passed over when it is the first: one that ${name}`, () =>
      Effect.gen(function* () {
        const settings = { routes: [route, { gateway: b }], ...more };
        const { asked, ends } = yield* playTwo({ first: refused, settings });
        assert.include(resultIn(only(ends)).meta, { gateway: b });
        assert.deepStrictEqual(originsOf(asked), [b]);
      }),
    );

    it.effect(`fails the call when it is the only one: one that ${name}`, () =>
      Effect.gen(function* () {
        const { asked, ends } = yield* playTwo({ first: warm(), settings: { routes: [route], ...more } });
        assert.strictEqual(errorIn(only(ends))._tag, tag);
        assert.isEmpty(asked);
      }),
    );
  }

  it.effect("is passed over though it is the warmest: production is asked while it is cold", () =>
    Effect.gen(function* () {
      const { asked, client } = world({ [a]: coldUntil(30_000) });
      const call = GatewayClient.use((one) => one.textToImage({ prompt: "a fox", model_id: "m" }));
      const settings = { routes: [{ gateway: a }, dev], ...production };
      yield* Effect.gen(function* () {
        yield* GatewayClient.use(({ learn }) => learn([evidence(a, "cold"), evidence("livepeer-cloud", "warm")]));
        const fiber = yield* Effect.forkChild(call);
        yield* TestClock.adjust(120_000);
        assert.include((yield* Fiber.join(fiber)).meta, { gateway: a });
      }).pipe(Effect.provide(client(settings)));
      assert.isTrue(originsOf(asked).every((origin) => origin === a));
    }),
  );

  it.effect("tells why the user's own first cannot, when none can, whichever is warm", () => {
    const { asked, client } = world({});
    const dear = { gateway: { name: "b", baseUrl: b, prices: card("1") } };
    const settings = { routes: [dear, dev], ...production, maxCostUsd: 1 };
    return Effect.gen(function* () {
      yield* GatewayClient.use(({ learn }) => learn([evidence("livepeer-cloud", "warm")]));
      const call = GatewayClient.use((one) => one.textToImage({ prompt: "a fox", model_id: "m" }));
      assert.include(yield* Effect.flip(call), { _tag: "PriceExceeded", gateway: "b" });
      assert.isEmpty(asked);
    }).pipe(Effect.provide(client(settings)));
  });

  it.effect("for the request's own mistake is like all the others: nothing is sent", () => {
    const { asked, client } = world({});
    return Effect.gen(function* () {
      const call = GatewayClient.use((one) => one.textToImage({ prompt: "" }));
      const error = yield* Effect.flip(call);
      assert.include(error, { _tag: "InvalidRequest", gateway: a, status: null });
      assert.isEmpty(asked);
    }).pipe(Effect.provide(client({ routes })));
  });

  it.effect("is passed over when it is a later one, and the earlier error is told", () =>
    Effect.gen(function* () {
      const settings = { routes: [{ gateway: a }, dev], ...production };
      const { asked, ends } = yield* playTwo({ first: refused, settings });
      assert.include(errorIn(only(ends)), { _tag: "ConnectionFailed", gateway: a });
      assert.isTrue(originsOf(asked).every((origin) => origin === a));
    }),
  );

  it.effect("is passed over too when the first's circuit is open", () =>
    Effect.gen(function* () {
      const callers = Array.from({ length: 6 }, (_, place) => ({ model: "m", from: place * 3_000 }));
      const settings = { routes: [{ gateway: a }, dev], ...production };
      const { ends } = yield* playTwo({ first: inference, settings, callers });
      assert.include(errorIn(ends[5] ?? assert.fail("it has ended")), { _tag: "CircuitOpen", gateway: a });
    }),
  );

  it.effect("is taken elsewhere: any other environment may use the development gateway", () =>
    Effect.gen(function* () {
      const settings = { routes: [dev], environment: "test" };
      const { ends } = yield* play({
        behaviours: { "https://dream-gateway.livepeer.cloud": warm() },
        settings,
        callers: [{ model: "m" }],
      });
      assert.include(resultIn(only(ends)).meta, { gateway: "livepeer-cloud" });
    }),
  );
});

describe("warm first", () => {
  const one = GatewayClient.use((client) => client.textToImage({ prompt: "a fox", model_id: "m" }));

  const firstAsked = (learnt: ReadonlyArray<Evidence>, waitMs = 0) => {
    const { asked, client } = world({ [a]: warm(), [b]: warm() });
    return Effect.gen(function* () {
      yield* GatewayClient.use(({ learn }) => learn(learnt));
      yield* TestClock.adjust(waitMs);
      yield* one;
      return asked[0]?.origin;
    }).pipe(Effect.provide(client({ routes })));
  };

  it.effect("is the order when something is known", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* firstAsked([]), a);
      assert.strictEqual(yield* firstAsked([evidence(b, "warm")]), b);
      assert.strictEqual(yield* firstAsked([evidence(a, "warm"), evidence(b, "warm")]), a);
      assert.strictEqual(yield* firstAsked([evidence(a, "cold")]), b);
      assert.strictEqual(yield* firstAsked([evidence(a, "absent"), evidence(b, "cold")]), b);
    }),
  );

  it.effect("forgets what is old, and does not take older news for newer", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* firstAsked([evidence(b, "warm")], 86_400_000), a);
      const now = 86_400_000;
      assert.strictEqual(yield* firstAsked([evidence(b, "cold", now), evidence(b, "warm", now - 1)]), a);
    }),
  );

  it.effect("learns from the client's own calls", () =>
    Effect.gen(function* () {
      const callers = [{ model: "m" }, { model: "m", from: 5_000 }];
      const { asked } = yield* playTwo({ first: unavailable, callers });
      assert.deepStrictEqual(originsOf(asked), [a, b, b]);
    }),
  );
});

describe("when every route is cold", () => {
  for (const [which, first, second, answered] of [
    ["second", unavailable, coldUntil(40_000), b],
    ["first", coldUntil(40_000), unavailable, a],
  ] as const) {
    it.effect(`a call waits patiently, and takes the ${which}, which gets warm first`, () =>
      Effect.gen(function* () {
        const { asked, ends } = yield* playTwo({ first, second });
        const { meta } = resultIn(only(ends));
        assert.include(meta, { gateway: answered, coldStart: true });
        assert.isAtMost(asked.length, 2 * 16);
      }),
    );
  }

  it.effect("100 calls cause no more requests than one would, and all get their image", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* playTwo({
        first: unavailable,
        second: coldUntil(60_000),
        callers: times(100, { model: "m" }),
      });
      assert.isTrue(ends.every(succeeded));
      assert.isTrue(ends.every((end) => resultIn(end).meta.gateway === b));
      assert.isAtMost(asked.length, 100 + 2 * 20);
    }),
  );

  it.effect("the call that asks hands the first over when the second answers it", () =>
    Effect.gen(function* () {
      // The first asks both, and leaves with the second's answer; the others have the first alone.
      const callers = [{ model: "m" }, ...times(3, { model: "m", from: 20_000 })];
      const first: Behaviour = coldUntil(50_000);
      let answers = 0;
      const second: Behaviour = (asked) => ((answers += 1) === 1 ? warm() : refused)(asked);
      const { client } = world({ [a]: first, [b]: second });
      yield* Effect.gen(function* () {
        const one = ({ from = 0 }: Caller) =>
          Effect.exit(
            Effect.delay(
              GatewayClient.use((own) => own.textToImage({ prompt: "a fox", model_id: "m" })),
              from,
            ),
          );
        const all = yield* Effect.forkChild(Effect.forEach(callers, one, { concurrency: "unbounded" }));
        yield* TestClock.adjust(19_000);
        yield* GatewayClient.use(({ learn }) => learn([evidence(b, "cold", 19_000)]));
        yield* TestClock.adjust(200_000);
        assert.isTrue((yield* Fiber.join(all)).every(Exit.isSuccess));
      }).pipe(Effect.provide(client({ routes })));
    }),
  );
});

describe("of two routes without an answer", () => {
  it.effect("the error that may pass is told, though it is the later one", () => {
    const absent: Behaviour = () => answer(404, "404 page not found\n");
    const { client } = world({ [a]: absent, [b]: inference });
    const call = GatewayClient.use((own) => own.textToImage({ prompt: "a fox", model_id: "m" }));
    return Effect.gen(function* () {
      // Else the second would come first, once the first is known to be absent.
      yield* GatewayClient.use(({ learn }) => learn([evidence(b, "absent")]));
      const ends: Array<Exit.Exit<unknown, unknown>> = [];
      for (let count = 0; count < 6; count += 1) {
        const fiber = yield* Effect.forkChild(Effect.exit(call));
        yield* TestClock.adjust(3_000);
        ends.push(yield* Fiber.join(fiber));
      }
      const error = Exit.findErrorOption(ends[5] ?? assert.fail("it has ended"));
      assert.include(Option.getOrUndefined(error), { _tag: "CircuitOpen", gateway: b });
    }).pipe(Effect.provide(client({ routes })));
  });

  it.effect("one that is given up leaves hope for the other", () =>
    Effect.gen(function* () {
      // The first call asks the first gateway, which closes sockets, until it gives up; another has come to ask the second.
      let held = false;
      const second: Behaviour = (asked) => {
        if (held) return coldUntil(200_000)(asked);
        held = true;
        return Effect.andThen(Effect.sleep(60_000), unavailable(asked));
      };
      const callers = [{ model: "m" }, { model: "m", from: 1 }, { model: "m", from: 5_000 }];
      const { ends } = yield* playTwo({ first: closed, second, callers });
      assert.deepStrictEqual(
        ends.map((end) => resultIn(end).meta.gateway),
        [b, b, b],
      );
    }),
  );
});

describe("the retry bucket", () => {
  it.effect("is not used by failing over, and is that of the first gateway for a round that is made again", () =>
    Effect.gen(function* () {
      // A retry costs 14 of 500 tokens: 35 are what a full bucket holds. Each of these calls makes 3.
      const callers = Array.from({ length: 50 }, (_, place) => ({ model: "m", from: place * 200 }));
      const { ends } = yield* playTwo({ first: closed, second: warm(), callers });
      assert.isTrue(ends.every(succeeded));
      const all = yield* playTwo({ first: closed, second: closed, callers: times(1, { model: "m" }) });
      assert.strictEqual(errorIn(only(all.ends)).attempts.length, 2 * 7);
    }),
  );
});
