/** What flags of `sluice launch` mean together, and which of them make no sense. */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { assert, describe, it } from "vitest";
import { mostToSpend } from "../../src/launch/check/mostToSpend.ts";
import { optionsOf } from "../../src/launch/drill/options.ts";
import { idsOf } from "../../src/launch/only.ts";

/** What it is refused with, when it is. */
const refusal = async (effect: Effect.Effect<unknown, { readonly message: string; readonly fix: string }>) => {
  const { message, fix } = await Effect.runPromise(Effect.flip(effect));
  return `${message}. ${fix}`;
};

describe("what probes may cost", () => {
  const asked = (probe: boolean, maxCost?: string, offline = false) =>
    mostToSpend({ probe, offline, maxCost: Option.fromUndefinedOr(maxCost) });

  it("is what is named, in nano-USD, and nothing without --probe", async () => {
    assert.strictEqual(await Effect.runPromise(asked(true, "0.05")), 50_000_000n);
    assert.isUndefined(await Effect.runPromise(asked(false)));
  });

  it("must be named, be an amount, and be of use", async () => {
    assert.match(await refusal(asked(true)), /spends money.*--max-cost 0\.05/);
    assert.match(await refusal(asked(true, "much")), /"much" is no amount of USD/);
    assert.match(await refusal(asked(false, "1")), /means nothing without --probe/);
    assert.match(await refusal(asked(true, "1", true)), /--offline forbids it/);
  });
});

describe("the flags of a drill", () => {
  type Given = Parameters<typeof optionsOf>[0];
  const options = (given: Partial<Given> = {}) =>
    optionsOf({
      ...{ command: ["python3", "app.py"], jobs: 1, dialect: "go-livepeer" },
      ...{ only: Option.none(), cold: Option.none(), slow: Option.none(), silence: Option.none() },
      ...{ retryAfter: Option.none(), for: Option.none(), ...given },
    });

  it("leave the pace as it is, where they do not say otherwise", async () => {
    const usual = await Effect.runPromise(options());
    assert.deepInclude(usual, { command: ["python3", "app.py"], jobs: 1, pace: {} });
    assert.notProperty(usual, "only");
    const quick = await Effect.runPromise(
      options({
        cold: Option.some(300),
        slow: Option.some(200),
        retryAfter: Option.some(1_000),
        silence: Option.some(500),
      }),
    );
    assert.deepStrictEqual(quick.pace, { coldMs: 300, slowMs: 200, retryAfterMs: 1_000, silenceMs: 500 });
  });

  it("name scenarios that there are", async () => {
    const { only } = await Effect.runPromise(options({ only: Option.some("cold-503, wrong-key,") }));
    assert.deepStrictEqual(only, ["cold-503", "wrong-key"]);
    assert.match(await refusal(options({ only: Option.some("cold-504") })), /"cold-504"\. Did you mean cold-503\?/);
    assert.match(
      await refusal(options({ only: Option.some(",") })),
      /--only names nothing\. The scenarios are wrong-key, /,
    );
    assert.match(await refusal(options({ only: Option.some("silence") })), /Say --silence 300s/);
  });

  it("hold what a header can say, and an address", async () => {
    assert.match(await refusal(options({ retryAfter: Option.some(1_500) })), /whole seconds/);
    assert.match(await refusal(options({ for: Option.some("livepeer.studio") })), /is no http\(s\) address/);
    const { fixedUrl } = await Effect.runPromise(options({ for: Option.some("https://gateway.example.com") }));
    assert.strictEqual(fixedUrl, "https://gateway.example.com");
  });
});

it("ids stand between commas", () => {
  assert.deepStrictEqual(idsOf(" A1, E3 ,cost,"), ["A1", "E3", "cost"]);
  assert.deepStrictEqual(idsOf(","), []);
  assert.isUndefined(idsOf(undefined));
});
