/** Estimates: of the route that the call takes, at the call's price, or the call's own refusal. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient, type GatewayClientSettings, toFile } from "@sluice/core/effect";
import { isGatewayError } from "@sluice/core";
import { type Evidence, type PriceCardInput, readMedia } from "@sluice/models";
import * as Effect from "effect/Effect";
import { gif, samples } from "./samples.ts";
import { answer, playing } from "./wire.ts";

const fox = { ...samples["text-to-image"], model_id: "m" };

const prices = (price: string): PriceCardInput => ({
  ...{ asOf: "2026-11-22", source: "test" },
  rates: [{ pipeline: "text-to-image", unit: "pixel", price, per: 9_216 }],
});
const route = (name: string, price: string, more = {}) => ({
  gateway: { name, baseUrl: `http://${name}.example`, prices: prices(price), ...more },
});

const on = <A>(settings: GatewayClientSettings, use: (client: GatewayClient["Service"]) => A) => {
  const { client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
  return Effect.provide(
    GatewayClient.use((own) => Effect.sync(() => use(own))),
    client({ gateway: undefined, ...settings }),
  );
};

const thrownBy = (make: () => unknown): unknown => {
  try {
    make();
  } catch (error) {
    return error;
  }
  return assert.fail("it throws");
};

describe("an estimate", () => {
  const warmB: Evidence = {
    ...{ pipeline: "text-to-image", model: "m", gateway: "b", from: "probe", says: "warm", source: "test" },
    at: Date.now(),
  };
  const cases: ReadonlyArray<readonly [string, GatewayClientSettings, ReadonlyArray<Evidence>, string]> = [
    ["the first", { routes: [route("a", "0.01"), route("b", "0.02")] }, [], "0.01"],
    ["the warm one", { routes: [route("a", "0.01"), route("b", "0.02")] }, [warmB], "0.02"],
    ["the one that is not too dear", { routes: [route("a", "7"), route("b", "0.02")], maxCostUsd: 1 }, [], "0.02"],
    [
      "the one that has the pipeline",
      { routes: [route("a", "0.01", { pipelines: ["llm"] }), route("b", "0.02")] },
      [],
      "0.02",
    ],
    [
      "the one that production may use",
      { routes: [route("a", "0.01", { stage: "development" }), route("b", "0.02")], environment: "production" },
      [],
      "0.02",
    ],
  ];
  it.effect.each(cases)("is of the route that the call takes: %s", ([, settings, learnt, usd]) => {
    const { client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
    return Effect.gen(function* () {
      const { learn, estimate, textToImage } = yield* GatewayClient;
      yield* learn(learnt);
      const cost = estimate("text-to-image", fox);
      assert.strictEqual(cost.usd, usd);
      if (learnt.length === 0) assert.deepStrictEqual((yield* textToImage(fox)).meta.cost, cost);
    }).pipe(Effect.provide(client({ gateway: undefined, ...settings })));
  });

  it.effect("throws what the call would fail with, when no route can take it", () =>
    on({ routes: [route("a", "7"), route("b", "0.02", { pipelines: ["llm"] })], maxCostUsd: 1 }, ({ estimate }) => {
      assert.include(
        thrownBy(() => estimate("text-to-image", fox)),
        { _tag: "PriceExceeded", gateway: "a" },
      );
    }),
  );

  it.effect("of no pipeline, and of no input, names what is wrong", () =>
    on({ gateway: "http://a.example" }, ({ estimate }) => {
      for (const [given, path] of [
        [["textToImage", fox], "pipeline"],
        [["text-to-image", null], "input"],
        [["upscale", undefined], "input"],
      ] as const) {
        const error = thrownBy(() => (estimate as (...all: ReadonlyArray<unknown>) => unknown)(...given));
        if (!isGatewayError(error, "InvalidRequest")) throw error;
        assert.deepStrictEqual(
          error.fields.map((field) => field.path),
          [path],
        );
      }
    }),
  );

  it.effect("of a file needs its bytes and its facts, and says so of one that only a call opens", () =>
    on({ gateway: "http://a.example" }, ({ estimate }) => {
      // @ts-expect-error a file that only a call opens
      const error = thrownBy(() => estimate("upscale", { prompt: "a fox", image: toFile("/tmp/fox.png") }));
      if (!isGatewayError(error, "InvalidRequest")) throw error;
      assert.deepInclude(error.fields[1] ?? error.fields[0], {
        path: "image",
        message: "is a file that only a call opens",
      });
      assert.include(error.fix, "readMedia");
    }),
  );

  it.effect("of a file is exact with what readMedia says of it", () =>
    Effect.gen(function* () {
      const input = { prompt: "a fox", image: gif(24, 16) };
      const facts = yield* Effect.promise(() => readMedia("upscale", input));
      yield* on({ gateway: "http://a.example" }, ({ estimate }) => {
        assert.strictEqual(estimate("upscale", input, facts).units, BigInt(24 * 16));
      });
    }),
  );
});
