import { assert, describe, it } from "@effect/vitest";
import { isGatewayError, LivepeerGateway, type LivepeerGatewayOptions } from "@sluice/core";
import * as Effect from "effect/Effect";
import { callOn, errorOf } from "./callOn.ts";

const mistakesOf = (options: LivepeerGatewayOptions): ReadonlyArray<string> => {
  try {
    new LivepeerGateway(options);
    return [];
  } catch (error) {
    if (!isGatewayError(error, "InvalidConfiguration")) throw error;
    return error.fields.map(({ path }) => path);
  }
};

describe("a client's settings", () => {
  it("are refused with the field that is wrong", () => {
    assert.deepStrictEqual(mistakesOf({ gateway: "nope" }), ["gateway"]);
    assert.deepStrictEqual(mistakesOf({ gateway: "http://user:pass@host" }), ["gateway"]);
    assert.deepStrictEqual(mistakesOf({ gateway: "go-livepeer" }), ["gatewayUrl"]);
    assert.deepStrictEqual(mistakesOf({ gateway: "livepeer-studio" }), ["apiKey"]);
    assert.deepStrictEqual(mistakesOf({ timeoutMs: 0 }), ["timeoutMs"]);
    assert.deepStrictEqual(mistakesOf({ maxCostUsd: -1 }), ["maxCostUsd"]);
    assert.deepStrictEqual(mistakesOf({ apiKey: "Bearer k" }), ["apiKey"]);
    assert.deepStrictEqual(mistakesOf({ apiKey: "a\nb" }), ["apiKey"]);
  });

  it("are refused all at once", () => {
    const options = { gateway: "nope", timeoutMs: -1, maxCostUsd: "x", apiKey: "a b" };
    assert.deepStrictEqual(mistakesOf(options), ["gateway", "apiKey", "timeoutMs", "maxCostUsd"]);
  });

  it("are refused when misspelt: the default is a public gateway", () => {
    assert.deepStrictEqual(mistakesOf({ gatway: "acme.json" } as LivepeerGatewayOptions), ["gatway"]);
    assert.isEmpty(mistakesOf({ onEvent: () => undefined }));
  });

  it("never show the key", () => {
    const options = { gateway: "nope", apiKey: "very secret key" };
    try {
      new LivepeerGateway(options);
      assert.fail("it was accepted");
    } catch (error) {
      assert.notInclude(JSON.stringify(error) + String(error), "very secret");
    }
  });

  it("may be absent, or empty as in an .env file", () => {
    assert.isEmpty(mistakesOf({}));
    assert.isEmpty(mistakesOf({ gateway: "", gatewayUrl: "", apiKey: "" }));
  });

  it.effect("send the key to a gateway that takes one, trimmed", () =>
    Effect.gen(function* () {
      const { journal } = yield* callOn({ settings: () => ({ apiKey: " sk-1234567890 \n" }) });
      assert.deepStrictEqual(
        journal.map(({ authorized }) => authorized),
        [true],
      );
    }),
  );

  it.effect("keep the key from a gateway that takes none", () =>
    Effect.gen(function* () {
      const settings = (url: string) => ({ gateway: "livepeer-cloud", gatewayUrl: url, apiKey: "sk-1234567890" });
      const { journal } = yield* callOn({ settings });
      assert.deepStrictEqual(
        journal.map(({ authorized }) => authorized),
        [false],
      );
    }),
  );
});

describe("the development gateway in production", () => {
  const refused = async (options: LivepeerGatewayOptions): Promise<boolean> => {
    await using gateway = new LivepeerGateway(options);
    const error: unknown = thrownBy(() => gateway.estimate("text-to-image", { prompt: "a fox" }));
    return isGatewayError(error, "PolicyRefused");
  };

  it("is refused whatever it is called, and however production is", async () => {
    const gatewayUrl = "https://dream-gateway.livepeer.cloud";
    for (const gateway of [
      {},
      { gatewayUrl },
      { gateway: "go-livepeer", gatewayUrl },
      { gateway: "livepeer-studio", apiKey: "k", gatewayUrl: `${gatewayUrl}/v1` },
      { gateway: { name: "mine", baseUrl: "http://dream-gateway.livepeer.cloud:80" } },
    ]) {
      for (const environment of ["production", "Production", "prod", " PROD\n"]) {
        assert.isTrue(await refused({ ...gateway, environment }), JSON.stringify({ gateway, environment }));
      }
      for (const environment of ["", "development", "preproduction", "product"]) {
        assert.isFalse(await refused({ ...gateway, environment }), environment);
      }
    }
    assert.isFalse(await refused({ gateway: "https://gateway.example", environment: "production" }));
  });

  it("is refused by what NODE_ENV says when the client is made", async () => {
    const before = process.env["NODE_ENV"];
    try {
      process.env["NODE_ENV"] = "production";
      assert.isTrue(await refused({}));
      assert.isFalse(await refused({ environment: "test" }));
      process.env["NODE_ENV"] = "test";
      assert.isFalse(await refused({}));
    } finally {
      process.env["NODE_ENV"] = before;
    }
  });
});

const thrownBy = (make: () => unknown): unknown => {
  try {
    make();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe("an input", () => {
  it.effect("with mistakes never leaves the machine, and each is named", () =>
    Effect.gen(function* () {
      const input = { prompt: " ", width: 1001, widht: 8 } as { prompt: string };
      const { exit, journal, events } = yield* callOn({ input, options: { timeoutMs: -1 } });
      const error = errorOf(exit);
      assert.include(error, { _tag: "InvalidRequest", status: null });
      const fields = "fields" in error ? error.fields : [];
      assert.deepStrictEqual(
        fields.map(({ path }) => path),
        ["prompt", "width", "widht", "timeoutMs"],
      );
      assert.isEmpty(journal);
      assert.isEmpty(events);
    }),
  );

  it.effect("without a size and a model is sent with both", () =>
    Effect.gen(function* () {
      const { journal } = yield* callOn({});
      assert.deepInclude(journal[0]?.body, {
        model_id: "SG161222/RealVisXL_V4.0_Lightning",
        width: 1024,
        height: 1024,
        num_inference_steps: 6,
        guidance_scale: 1.5,
      });
    }),
  );
});
