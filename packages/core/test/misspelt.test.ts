/** A model's id with a slip in it: gateways say of a model that nobody has what they say of a cold one. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { callOn, errorOf, fox } from "./callOn.ts";

const meant = "black-forest-labs/FLUX.1-schnell";
const slip = "black-forest-labs/FLUX.1-schnel";

describe("a slip in a model's id", () => {
  it.effect.each([
    [true, "ColdOrNoCapacity", /^Did you mean black-forest-labs\/FLUX\.1-schnell\? If not, check /],
    [false, "DeadlineExceeded", /^Allow more time .* Did you mean black-forest-labs\/FLUX\.1-schnell\? If not, wait /],
  ] as const)("is waited for as any model, and the error says what was meant: %s, %s", ([closes, tag, fix]) =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({
        emulator: { panicOnNoOrchestrator: closes },
        input: { ...fox, model_id: slip },
      });
      const error = errorOf(exit);
      assert.strictEqual(error._tag, tag);
      assert.match(error.fix, fix);
    }),
  );

  it.effect("is not seen in another failure, nor in a model that answers", () =>
    Effect.gen(function* () {
      const input = { ...fox, model_id: slip };
      const { exit } = yield* callOn({ emulator: { faults: [{ kind: "invalid" }] }, input });
      assert.notProperty(errorOf(exit), "meant");
      const warm = yield* callOn({ emulator: { models: { [slip]: { state: "warm" } } }, input });
      assert.strictEqual(warm.exit._tag, "Success");
    }),
  );

  it.effect("is not seen in a known model, nor in one that is near none", () =>
    Effect.gen(function* () {
      for (const model_id of [meant, "acme/our-own-model"]) {
        const { exit } = yield* callOn({ emulator: { faults: [{ kind: "closed" }] }, input: { ...fox, model_id } });
        assert.include(errorOf(exit), { _tag: "ColdOrNoCapacity" });
        assert.notProperty(errorOf(exit), "meant");
      }
    }),
  );
});
