import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  emulator,
  type GatewayFile,
  goLivepeer,
  livepeerCloud,
  livepeerStudio,
  parseProfile,
  type PriceCardInput,
} from "../../src/index.ts";

const profileOf = (file: unknown) => {
  const parsed = parseProfile(file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.profile;
};

const pathsIn = (file: unknown): ReadonlyArray<string> => {
  const parsed = parseProfile(file);
  if (parsed.ok) throw new Error("This file was accepted.");
  for (const { message, fix } of parsed.fields) {
    expect(message).toMatch(/^["a-z][^\n]{5,}$/i);
    expect(fix).toMatch(/^(?!It invalid)[A-Z][^\n]{5,}[.?]$/);
  }
  return parsed.fields.map(({ path }) => path).toSorted();
};

const house = { name: "house", baseUrl: "https://ai.example.com/v1/" } satisfies GatewayFile;

const dollars = {
  source: "https://example.com/prices",
  asOf: "2026-11-22",
  rates: [
    { pipeline: "text-to-image", unit: "pixel", price: "0.019", per: 1_000_000 },
    { pipeline: "text-to-image", model: "ByteDance/SDXL-Lightning", unit: "pixel", price: "1.9073484e-8", per: 1 },
    { pipeline: "llm", unit: "token", price: "0.08", per: 1_000_000, source: "a letter", asOf: "2026-01-31" },
  ],
} satisfies PriceCardInput;

const wei = {
  currency: "wei",
  ethUsd: { price: "2712.55", asOf: "2026-11-22" },
  source: "the orchestrator",
  asOf: "2026-11-22",
  rates: [{ pipeline: "audio-to-text", unit: "millisecond", price: "7400", per: 1 }],
} satisfies PriceCardInput;

const full = {
  $schema: "https://example.com/gateway.json",
  ...house,
  extends: "livepeer-studio",
  auth: "optional",
  dialect: "generic",
  pipelines: ["text-to-image", "llm"],
  uploadLimitBytes: 1_000_000,
  jsonLimitBytes: 50_000,
  unknownFields: { llm: ["top_k"] },
  formText: "kept",
  llm: "json",
  streaming: "streamed",
  rateLimit: { requests: 5, perSeconds: 1, of: "key" },
  defaultModels: { "text-to-image": "ByteDance/SDXL-Lightning" },
  charges: "usage",
  stage: "production",
  prices: dollars,
  status: "supported",
  notes: [{ text: "Ours.", source: "us", asOf: "2026-11-22" }],
} satisfies GatewayFile;

describe("a user's gateway file", () => {
  it("needs a name and an address, and is a go-livepeer gateway then", () => {
    expect(profileOf(house)).toEqual({ ...goLivepeer, name: "house", baseUrl: "https://ai.example.com/v1", notes: [] });
  });

  it("may say everything, and is that", () => {
    const { $schema: _, extends: _base, ...own } = full;
    expect(profileOf(full)).toEqual({
      ...own,
      baseUrl: "https://ai.example.com/v1",
      prices: { currency: "USD", ...dollars },
    });
  });

  it("may ask in wei, with what an ETH costs", () => {
    expect(profileOf({ ...house, prices: wei }).prices).toEqual({ ...wei, rates: [{ ...wei.rates[0], per: 1 }] });
  });

  it("is read from JSON as it is from an object", () => {
    for (const file of [house, full, { ...house, prices: wei }]) {
      expect(profileOf(JSON.parse(JSON.stringify(file)))).toEqual(profileOf(file));
    }
  });

  it.each([livepeerCloud, livepeerStudio, emulator, { ...goLivepeer, baseUrl: "" }])(
    "may extend $name: everything but its address, its notes, its charity and its stage",
    (base) => {
      expect(profileOf({ ...house, extends: base.name })).toEqual({
        ...base,
        name: "house",
        baseUrl: "https://ai.example.com/v1",
        notes: [],
        charges: "usage",
        stage: "production",
      });
    },
  );

  it("replaces what it says, whole", () => {
    const profile = profileOf({ ...house, extends: "livepeer-studio", unknownFields: {}, defaultModels: {} });
    expect(profile).toMatchObject({ unknownFields: {}, defaultModels: {}, formText: "coerced", llm: "form" });
    expect(profileOf({ ...house, extends: "livepeer-cloud", charges: "nothing" }).charges).toBe("nothing");
    // At another address it is another gateway; at the same, it is for development all the same.
    expect(profileOf({ ...house, extends: "livepeer-cloud" }).stage).toBe("production");
    expect(profileOf({ name: "cloud", extends: "livepeer-cloud" }).stage).toBe("development");
  });

  it("must say how many units a price is for, so that nobody pays a million times too much", () => {
    const rates = [{ pipeline: "text-to-image", unit: "pixel", price: "0.012" }];
    const parsed = parseProfile({ ...house, prices: { ...dollars, rates } });
    expect(parsed).toEqual({
      ok: false,
      fields: [{ path: "prices.rates.0.per", message: "is required", fix: "Add it: a number." }],
    });
  });

  it("cannot refuse the model's name, without which nobody knows what is called", () => {
    const parsed = parseProfile({
      ...house,
      unknownFields: { "text-to-image": ["loras", "model_id"], llm: ["model"] },
    });
    expect(parsed.ok ? [] : parsed.fields.map(({ path }) => path)).toEqual([
      "unknownFields.text-to-image",
      "unknownFields.llm",
    ]);
  });

  it("may be where the profile is that it extends", () => {
    expect(profileOf({ name: "house", extends: "livepeer-studio" }).baseUrl).toBe(livepeerStudio.baseUrl);
    expect(profileOf({ name: "house", extends: "emulator", baseUrl: "http://127.0.0.1:1/" }).baseUrl).toBe(
      "http://127.0.0.1:1",
    );
  });

  it("keeps what it extends where it says undefined, as an object may", () => {
    expect(profileOf({ ...house, extends: "livepeer-studio", auth: undefined }).auth).toBe("required");
  });
});

describe("a broken gateway file", () => {
  it("is refused with the path of each mistake", () => {
    const broken = {
      name: "my house",
      baseUrl: "https://me:hunter2@example.com",
      extends: "livepeer",
      auth: "always",
      pipelines: ["text-to-image", "text-to-music"],
      uploadLimitBytes: 0,
      jsonLimitBytes: "100kb",
      llm: 7,
      rateLimit: { requests: 1.5, perSeconds: 60, of: "day" },
      prices: {
        currency: "EUR",
        asOf: "yesterday",
        rates: [
          { pipeline: "text-to-image", unit: "pixel", price: 0.019, per: 1 },
          { pipeline: "llm", unit: "pixel", price: "1", per: 1 },
          { pipeline: "llm", unit: "token", price: "1,5", per: 0, source: "" },
        ],
      },
      notes: [{ text: "No source.", asOf: "2026-02-30" }],
      colour: "red",
    };
    expect(pathsIn(broken)).toEqual(
      [
        ...["name", "baseUrl", "extends", "auth", "pipelines.1", "uploadLimitBytes", "jsonLimitBytes", "llm", "colour"],
        ...["rateLimit.requests", "rateLimit.of", "notes.0.source", "notes.0.asOf"],
        ...["prices.currency", "prices.asOf", "prices.source", "prices.rates.0.price"],
        ...["prices.rates.1.unit", "prices.rates.2.price", "prices.rates.2.per", "prices.rates.2.source"],
      ].toSorted(),
    );
    expect(JSON.stringify(parseProfile(broken))).not.toContain("hunter2");
  });

  it.each<[unknown, ReadonlyArray<string>]>([
    [undefined, [""]],
    [null, [""]],
    ["house", [""]],
    [[], [""]],
    [{}, ["baseUrl", "name"]],
    [{ name: "house" }, ["baseUrl"]],
    [{ ...house, baseUrl: "ai.example.com" }, ["baseUrl"]],
    [{ ...house, baseUrl: 7 }, ["baseUrl"]],
    [{ ...house, name: "" }, ["name"]],
    [{ ...house, apiKey: "sk-1" }, ["apiKey"]],
    [{ ...house, pipelines: [] }, ["pipelines"]],
    [{ ...house, defaultModels: { "text-to-image": "" } }, ["defaultModels.text-to-image"]],
    [{ ...house, defaultModels: { "text-to-music": "a" } }, ["defaultModels.text-to-music"]],
    [{ ...house, unknownFields: { llm: "top_k" } }, ["unknownFields.llm"]],
    [{ ...house, prices: { ...wei, ethUsd: undefined } }, ["prices.ethUsd"]],
    [{ ...house, prices: { ...wei, ethUsd: { price: 2712.55, asOf: "2026-11-22" } } }, ["prices.ethUsd.price"]],
    [JSON.parse('{"name":"house","baseUrl":"https://example.com","__proto__":{"auth":"none"}}'), ["__proto__"]],
  ])("%j: %j", (file, paths) => {
    expect(pathsIn(file)).toEqual(paths);
  });

  it.each(["0.019", "1", "0", "1.9073484e-8", "1E3", "1e+2", "00.10"])("has no mistake in the price %s", (price) => {
    expect(
      profileOf({ ...house, prices: { ...dollars, rates: [{ ...dollars.rates[0], price }] } }).prices,
    ).toBeDefined();
  });

  it.each(["", "-1", "+1", ".5", "1.", "1e", "1e100", "0x1", "1 000", "1,5", "$1", "NaN", "Infinity", "１", " 1"])(
    "may have one in the price %j",
    (price) => {
      const file = { ...house, prices: { ...dollars, rates: [{ ...dollars.rates[0], price }] } };
      expect(pathsIn(file)).toEqual(["prices.rates.0.price"]);
    },
  );

  it("is told what a misspelt name resembles", () => {
    const parsed = parseProfile({ ...house, defaultModel: {}, baseURL: "x" });
    expect(parsed.ok ? [] : parsed.fields.map(({ fix }) => fix)).toEqual([
      "Did you mean defaultModels?",
      "Did you mean baseUrl?",
    ]);
  });

  it("never throws, whatever it holds", () => {
    const known = fc.constantFrom(...Object.keys(full), "ethUsd", "rates");
    const anyFile = fc.oneof(fc.anything(), fc.dictionary(fc.oneof(known, fc.string()), fc.anything()));
    fc.assert(
      fc.property(anyFile, (file) => {
        const parsed = parseProfile(file);
        if (!parsed.ok) expect(parsed.fields.length).toBeGreaterThan(0);
        expect(parseProfile(typeof file === "object" ? { ...house, ...file } : file)).toHaveProperty("ok");
      }),
    );
  });
});

describe("the published schema of gateway files", () => {
  interface Published {
    readonly required: ReadonlyArray<string>;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly additionalProperties: boolean;
  }
  const published = JSON.parse(
    readFileSync(new URL("../../schemas/gateway.json", import.meta.url), "utf8"),
  ) as Published;

  it("asks for what the parser asks for, and knows what it knows", () => {
    expect(published.required).toEqual(["name"]);
    expect(pathsIn({})).toEqual(["baseUrl", "name"]);
    expect(published.additionalProperties).toBe(false);
    expect(Object.keys(published.properties).toSorted()).toEqual(Object.keys(full).toSorted());
  });
});
