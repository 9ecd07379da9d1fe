/** Who has to approve a call is told its price before anything is sent. */
import { assert, describe, it } from "@effect/vitest";
import { type CallOptions, GatewayClient } from "@sluice/core/effect";
import { BudgetExceeded } from "@sluice/errors";
import { makeEmulator } from "@sluice/emulator";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";

const input = { prompt: "a red fox", width: 64, height: 64, num_images_per_prompt: 2 };
const opened = Effect.gen(function* () {
  const emulator = yield* makeEmulator();
  const client = Context.get(yield* Layer.build(GatewayClient.layer({ gateway: emulator.url })), GatewayClient);
  return { client, emulator };
});

const refusing = new BudgetExceeded({
  ...{ gateway: "mine", pipeline: "text-to-image" },
  ...{ budget: "daily", quotedUsd: "0.1", remainingUsd: "0", limitUsd: "5" },
});

describe("approve", () => {
  it.live("is told what the result says of the cost and the model, once", () =>
    Effect.gen(function* () {
      const { client } = yield* opened;
      const asked: Array<string> = [];
      const approve: CallOptions["approve"] = ({ usd, units, unit }, { model = "" }) => {
        asked.push(`${units} ${unit} $${usd} ${model}`);
        return undefined;
      };
      const { meta } = yield* client.textToImage(input, { approve });
      assert.deepStrictEqual(asked, [`8192 pixel $${meta.cost.usd} ${meta.model}`]);
    }),
  );

  it.live("refuses it: nothing is sent, and the call fails with what it gave", () =>
    Effect.gen(function* () {
      const { client, emulator } = yield* opened;
      const error = yield* Effect.flip(client.textToImage(input, { approve: () => refusing }));
      assert.strictEqual(error, refusing);
      assert.isEmpty(emulator.journal());
    }),
  );

  it.live("is not asked of a request that is mistaken", () =>
    Effect.gen(function* () {
      const { client } = yield* opened;
      const approve = () => assert.fail("it was asked");
      const error = yield* Effect.flip(client.textToImage({ ...input, width: 65 }, { approve }));
      assert.strictEqual(error._tag, "InvalidRequest");
    }),
  );
});
