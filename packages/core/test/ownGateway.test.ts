import { assert, describe, it } from "@effect/vitest";
import { isGatewayError, LivepeerGateway } from "@sluice/core";
import * as Effect from "effect/Effect";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { callOn, errorOf } from "./callOn.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-gateway-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const prices = {
  source: "our contract",
  asOf: "2026-11-01",
  rates: [{ pipeline: "text-to-image", unit: "pixel", price: "0.5", per: 1_000_000 }],
} as const;

const refusal = (gateway: string) => {
  try {
    new LivepeerGateway({ gateway });
  } catch (error) {
    if (isGatewayError(error, "InvalidConfiguration")) return error;
    throw error;
  }
  throw new Error("it was accepted");
};

describe("a gateway of one's own", () => {
  it.effect("in a JSON file is called, and priced by its own card", () =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({
        settings: (baseUrl) => ({
          gateway: file("acme.json", JSON.stringify({ $schema: "gateway.json", name: "acme", baseUrl, prices })),
        }),
      });
      const meta = exit._tag === "Success" ? exit.value.meta : undefined;
      assert.strictEqual(meta?.gateway, "acme");
      assert.deepInclude(meta?.cost, { usd: "0.524288", units: 1_048_576n });
      assert.deepStrictEqual(meta?.cost.rate, { label: "$0.5/MP", source: "our contract", asOf: "2026-11-01" });
    }),
  );

  it.effect("may have a byte order mark, as some editors write it", () =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({
        settings: (baseUrl) => ({ gateway: file("marked.json", `\ufeff${JSON.stringify({ name: "acme", baseUrl })}`) }),
      });
      assert.strictEqual(exit._tag, "Success");
    }),
  );

  it.effect("as an object is the same", () =>
    Effect.gen(function* () {
      const { exit, journal } = yield* callOn({
        settings: (baseUrl) => ({ gateway: { name: "acme", baseUrl, prices }, maxCostUsd: "0.5" }),
      });
      assert.deepInclude(errorOf(exit), { _tag: "PriceExceeded", gateway: "acme", quotedUsd: "0.524288" });
      assert.isEmpty(journal);
    }),
  );

  it.effect("that charges nothing says so, in its cost and when a limit refuses what it would cost elsewhere", () =>
    Effect.gen(function* () {
      const free = (baseUrl: string) => ({ gateway: { name: "acme", baseUrl, charges: "nothing" } as const });
      const { exit } = yield* callOn({ settings: free });
      assert.deepInclude(exit._tag === "Success" ? exit.value.meta.cost : {}, {
        usd: "0.019922944",
        charges: "nothing",
      });
      const refused = yield* callOn({ settings: free, options: { maxCostUsd: "0.001" } });
      assert.strictEqual(
        errorOf(refused.exit).message,
        "This text-to-image call would cost $0.019922944 elsewhere (acme itself is free), and the limit is $0.001.",
      );
    }),
  );

  it.effect("whose card leaves a pipeline out has an unknown price there, which no limit lets through", () =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({
        settings: (baseUrl) => ({ gateway: { name: "acme", baseUrl, prices: { ...prices, rates: [] } } }),
        options: { maxCostUsd: "100" },
      });
      assert.deepInclude(errorOf(exit), {
        _tag: "PriceExceeded",
        quotedUsd: "unknown",
        fix: "Give the gateway a price for text-to-image, or leave the limit out.",
      });
    }),
  );

  it("is refused with the path of each mistake and a fix", () => {
    const rates = [{ pipeline: "text-to-image", unit: "token", price: 0.5, per: 1 }];
    const text = JSON.stringify({
      name: "a b",
      baseUrl: "ftp://acme",
      prices: { ...prices, rates },
      dialekt: "studio",
    });
    const error = refusal(file("broken.json", text));
    assert.deepStrictEqual(
      error.fields.map(({ path }) => path),
      ["gateway.name", "gateway.prices.rates.0.price", "gateway.baseUrl", "gateway.dialekt"],
    );
    assert.include(error.message, 'gateway.baseUrl: "ftp://acme" must begin with https:// or http://');
    assert.include(error.fix, "`gateway.dialekt`: Did you mean dialect?");
  });

  for (const [name, text, reason] of [
    ["missing.json", undefined, /cannot be read.*no such file/],
    ["cut.json", '{"name":', /is not JSON/],
    [
      "quoted.json",
      '{"name": "acme",\n apiKey: "sk-live-1234"}',
      /is not JSON: it goes wrong at position 18 \(line 2 column 2\)/,
    ],
    ["list.json", "[]", /expected object, received array/],
    ["text.json", '"acme"', /expected object, received/],
    ["null.json", "null", /expected object, received null/],
  ] as const) {
    it(`is refused when ${name} is no gateway`, () => {
      const error = refusal(text === undefined ? join(folder, name) : file(name, text));
      assert.deepStrictEqual(
        error.fields.map(({ path }) => path),
        ["gateway"],
      );
      assert.match(error.message, reason);
    });
  }
});

it("never repeats a file that is no JSON: a key may be in it", () => {
  const error = refusal(file("secret.json", '{"name": "acme", "apiKey": sk-live-1234}'));
  assert.notInclude(JSON.stringify(error) + error.message, "sk-live");
});

describe("a request that its gateway cannot take", () => {
  it.effect("is refused before it is sent, as the gateway would have done", () =>
    Effect.gen(function* () {
      const profile = { name: "acme", pipelines: ["llm" as const] };
      const { exit, journal } = yield* callOn({ settings: (baseUrl) => ({ gateway: { ...profile, baseUrl } }) });
      assert.deepInclude(errorOf(exit), {
        _tag: "PipelineNotOffered",
        gateway: "acme",
        fix: "Choose another gateway; the profile of this one lists llm.",
      });
      assert.isEmpty(journal);
    }),
  );

  it.effect("is refused by a retired gateway", () =>
    Effect.gen(function* () {
      const { exit, journal } = yield* callOn({
        settings: (baseUrl) => ({ gateway: { name: "acme", baseUrl, status: "retired" } }),
      });
      assert.strictEqual(errorOf(exit)._tag, "PipelineRetired");
      assert.isEmpty(journal);
    }),
  );

  it.effect("names the field and the fix", () =>
    Effect.gen(function* () {
      const { exit, journal } = yield* callOn({
        settings: (baseUrl) => ({ gateway: { name: "acme", baseUrl, jsonLimitBytes: 1_000 } }),
        input: { prompt: "fox ".repeat(300) },
      });
      const error = errorOf(exit);
      assert.deepInclude(error, { _tag: "InvalidRequest", fix: "`prompt`: Shorten it." });
      assert.match(error.message, /prompt: makes a body of \d+ bytes, and acme takes 1000 at most/);
      assert.isEmpty(journal);
    }),
  );
});

describe("a request that is taken, and may not be meant", () => {
  it.effect("is sent, with a warning in its events and its result", () =>
    Effect.gen(function* () {
      const { exit, events } = yield* callOn({ input: { prompt: "a fox", width: 1032 } });
      const warnings = exit._tag === "Success" ? exit.value.meta.warnings : [];
      assert.deepStrictEqual(
        warnings.map(({ rule, path }) => [rule, path]),
        [["trained-size", "width"]],
      );
      const [started] = events;
      assert.deepStrictEqual(started?.type === "call-started" ? started.warnings : undefined, warnings);
    }),
  );
});
