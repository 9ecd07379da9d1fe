/** Results, events and estimates as JSON, which has no bigints. */
import { assert, describe, it } from "@effect/vitest";
import { type CallEvent, GatewayClient } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { costOf } from "../../src/call/Cost.ts";
import { samples } from "./samples.ts";
import { answer, playing } from "./wire.ts";

interface Cost {
  readonly cost: { readonly units: number; readonly usd: string };
}
const parsed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("what a call tells", () => {
  it.effect("can be written as JSON: units are a number there", () => {
    const events: Array<CallEvent> = [];
    const { client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
    return Effect.gen(function* () {
      const { textToImage, estimate } = yield* GatewayClient;
      const result = yield* textToImage(samples["text-to-image"], { onEvent: (event) => void events.push(event) });
      assert.strictEqual(result.meta.cost.units, 9_216n);
      assert.notInclude(Object.keys(result.meta.cost), "toJSON");
      const { cost } = parsed(result.meta) as Cost;
      const { rate, ...paid } = cost as Cost["cost"] & { readonly rate: object };
      assert.deepStrictEqual<unknown>(paid, { units: 9216, unit: "pixel", usd: "0.000175104", charges: "usage" });
      assert.hasAllKeys(rate, ["label", "source", "asOf"]);
      const told = (parsed(events) as ReadonlyArray<Partial<Cost>>).flatMap(({ cost: one }) => one?.units ?? []);
      assert.deepStrictEqual(told, [9216, 9216]);
      assert.include(JSON.stringify(estimate("text-to-image", samples["text-to-image"])), '"units":9216');
    }).pipe(Effect.provide(client()));
  });

  it("keeps more units than a number holds exactly, as a text", () => {
    const units = 2n ** 60n;
    const cost = costOf({ units, unit: "token", rate: undefined, amount: "unknown", charges: "usage" });
    assert.include(JSON.stringify(cost), `"units":"${units}"`);
  });

  it.effect("can be written also where the price is not known", () => {
    const { client } = playing(answer(200, {}));
    return Effect.gen(function* () {
      const { estimate } = yield* GatewayClient;
      const cost = estimate("image-to-text", { image: samples["image-to-text"].image });
      assert.include(parsed(cost) as object, { usd: "unknown" });
    }).pipe(Effect.provide(client()));
  });
});
