import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { callOn, errorOf } from "./callOn.ts";

describe("the price of a call", () => {
  it.effect("is exact, with its rate, source and date", () =>
    Effect.gen(function* () {
      const { exit, events } = yield* callOn({});
      const cost = exit._tag === "Success" ? exit.value.meta.cost : undefined;
      assert.deepInclude(cost, { units: 1_048_576n, unit: "pixel", usd: "0.019922944" });
      assert.deepInclude(cost?.rate, { label: "$0.019/MP", asOf: "2026-04-05" });
      const [started] = events;
      assert.deepStrictEqual(started?.type === "call-started" ? started.cost : undefined, cost);
    }),
  );

  for (const [where, scene] of [
    ["of the call", { options: { maxCostUsd: "0.001" } }],
    ["of the client", { settings: () => ({ maxCostUsd: 0.001 }) }],
  ] as const) {
    it.effect(`above the limit ${where} is refused before any request`, () =>
      Effect.gen(function* () {
        const { exit, journal } = yield* callOn(scene);
        const error = errorOf(exit);
        assert.include(error, { _tag: "PriceExceeded", quotedUsd: "0.019922944", maxCostUsd: "0.001" });
        assert.strictEqual(error.message, "This text-to-image call would cost $0.019922944, and the limit is $0.001.");
        assert.isEmpty(journal);
      }),
    );
  }

  it.effect("that equals the limit is let through", () =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({ options: { maxCostUsd: "0.019922944" } });
      assert.strictEqual(exit._tag, "Success");
    }),
  );

  it.effect("with a limit that is not an amount is refused, and the field is named", () =>
    Effect.gen(function* () {
      const { exit, journal } = yield* callOn({ options: { maxCostUsd: "a dollar" } });
      const message = 'must be a decimal of USD such as 0.05, but is "a dollar"';
      const fix = "Give dollars, such as 0.05, or leave it out for no limit.";
      assert.deepInclude(errorOf(exit), { fields: [{ path: "maxCostUsd", message, fix }] });
      assert.isEmpty(journal);
    }),
  );
});
