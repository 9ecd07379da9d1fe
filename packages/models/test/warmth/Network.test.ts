import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readNetworkCapabilities } from "../../src/warmth/Network.ts";
import { capabilities, lightning, llama, noCapabilities, turbo } from "./samples.ts";

const reading = { at: 1_000, source: "127.0.0.1:5935/getNetworkCapabilities", gateway: "mine" };
const read = (json: unknown) => readNetworkCapabilities(json, reading);
const listed = (json: unknown) => read(json).evidence.filter(({ says }) => says !== "absent");

describe("go-livepeer's network capabilities", () => {
  const network = read(JSON.parse(capabilities));

  it("say how many orchestrators keep a model warm; one without `warm` does not", () => {
    const from = { ...reading, from: "network" } as const;
    expect(listed(JSON.parse(capabilities))).toEqual([
      {
        ...from,
        pipeline: "text-to-image",
        model: lightning,
        says: "warm",
        orchestrators: 1,
        capacity: { total: 2, inUse: 1 },
      },
      {
        ...from,
        pipeline: "text-to-image",
        model: turbo,
        says: "cold",
        orchestrators: 2,
        capacity: { total: 1, inUse: 0 },
      },
      { ...from, pipeline: "llm", model: llama, says: "warm", orchestrators: 1 },
    ]);
    expect(network.problems).toEqual([]);
  });

  it("are evidence that the catalog's other models are absent", () => {
    const absent = network.evidence.filter(({ says }) => says === "absent");
    expect(absent).toContainEqual({
      ...reading,
      pipeline: "upscale",
      model: "stabilityai/stable-diffusion-x4-upscaler",
      from: "network",
      says: "absent",
      orchestrators: 0,
    });
    const models = absent.filter(({ pipeline }) => pipeline === "text-to-image").map(({ model }) => model);
    expect(models).not.toContain(lightning);
    expect(models).not.toContain(turbo);
  });

  it("say nothing of any model when the gateway knows no orchestrator", () => {
    expect(read(JSON.parse(noCapabilities))).toEqual({ evidence: [], prices: [], problems: [] });
    expect(read({ orchestrators: [] }).evidence).toEqual([]);
  });

  it("hold what each orchestrator asks", () => {
    expect(network.prices).toEqual([
      { pipeline: "text-to-image", model: lightning, orchestrator: "https://one.example:8935", wei: 4_768_371, per: 1 },
      { pipeline: "llm", orchestrator: "https://one.example:8935", wei: 1, per: 3 },
      { pipeline: "text-to-image", model: lightning, orchestrator: "https://two.example:8935", wei: 9_536_743, per: 2 },
      {
        pipeline: "audio-to-text",
        model: "openai/whisper-large-v3",
        orchestrator: "https://two.example:8935",
        wei: 13_915_084,
        per: 1,
      },
    ]);
  });
});

describe("an answer that is not as expected", () => {
  const good = { capabilities: { constraints: { PerCapability: { 27: { models: { [turbo]: { warm: true } } } } } } };

  it.each([
    [null, ""],
    ["no", ""],
    [[], ""],
    [{}, ""],
    [{ foo: 1 }, ""],
    [{ orchestrators: 1 }, "orchestrators"],
    [{ orchestrators: [null] }, "orchestrators.0"],
    [{ orchestrators: [{ capabilities: [] }] }, "orchestrators.0.capabilities"],
    [{ orchestrators: [{ capabilities: { constraints: 3 } }] }, "orchestrators.0.capabilities.constraints"],
    [
      { orchestrators: [{ capabilities: { constraints: { PerCapability: { 27: { models: { m: { warm: 1 } } } } } } }] },
      "orchestrators.0.capabilities.constraints.PerCapability.27.models.m.warm",
    ],
    [
      { orchestrators: [{ capabilities: { constraints: { PerCapability: [] } } }] },
      "orchestrators.0.capabilities.constraints.PerCapability",
    ],
    [
      { orchestrators: [{ capabilities: { constraints: { PerCapability: { 27: { models: 5 } } } } }] },
      "orchestrators.0.capabilities.constraints.PerCapability.27.models",
    ],
    [{ orchestrators: [{ orch_uri: 5 }] }, "orchestrators.0.orch_uri"],
    [{ orchestrators: [{ capabilities_prices: {} }] }, "orchestrators.0.capabilities_prices"],
    [
      { orchestrators: [{ capabilities_prices: [{ capability: 27, pricePerUnit: 5 }] }] },
      "orchestrators.0.capabilities_prices.0.pixelsPerUnit",
    ],
    [
      { orchestrators: [{ capabilities_prices: [{ capability: 27, pricePerUnit: -5, pixelsPerUnit: 1 }] }] },
      "orchestrators.0.capabilities_prices.0.pricePerUnit",
    ],
    [
      { orchestrators: [{ capabilities_prices: [{ capability: 27, pricePerUnit: 0.5, pixelsPerUnit: 1 }] }] },
      "orchestrators.0.capabilities_prices.0.pricePerUnit",
    ],
  ])("%j: the problem is at %s", (json, path) => {
    const { problems, prices } = read(json);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toMatch(/^[a-z][^\n]+$/);
    expect(prices).toEqual([]);
  });

  it("is told as the answer of something else", () => {
    expect(read({ foo: 1 })).toEqual({
      evidence: [],
      prices: [],
      problems: [{ path: "", message: "is no answer of /getNetworkCapabilities" }],
    });
    expect(read({ capabilities_names: {} }).problems).toEqual([]);
  });

  it("costs an orchestrator with a bad model only that model, and calls no model absent", () => {
    const PerCapability = {
      27: { models: { [lightning]: { warm: "yes" }, [turbo]: { warm: true } } },
      28: 7,
      33: { models: { [llama]: {} } },
    };
    const offer = { pricePerUnit: 5, pixelsPerUnit: 1, capability: 27, constraint: turbo };
    const mixed = { capabilities: { constraints: { PerCapability } }, capabilities_prices: [offer] };
    const { evidence, prices, problems } = read({ orchestrators: [mixed, good] });
    expect(evidence.map(({ model, says, orchestrators }) => [model, says, orchestrators])).toEqual([
      [turbo, "warm", 2],
      [llama, "cold", 1],
    ]);
    expect(prices).toHaveLength(1);
    expect(problems.map(({ path }) => path)).toEqual([
      `orchestrators.0.capabilities.constraints.PerCapability.27.models.${lightning}.warm`,
      "orchestrators.0.capabilities.constraints.PerCapability.28",
    ]);
  });

  it("does not hide the orchestrators beside it", () => {
    const { evidence, problems } = read({ orchestrators: [{ capabilities: 1 }, good] });
    // The one that could not be read may have any of the others.
    expect(evidence).toMatchObject([{ model: turbo, says: "warm", orchestrators: 1 }]);
    expect(problems.map(({ path }) => path)).toEqual(["orchestrators.0.capabilities"]);
  });

  it("costs an orchestrator with a bad price only that price", () => {
    const { evidence, problems } = read({ orchestrators: [{ ...good, capabilities_prices: [7] }] });
    expect(evidence[0]).toMatchObject({ model: turbo, says: "warm" });
    expect(evidence.some(({ says }) => says === "absent")).toBe(true);
    expect(problems.map(({ path }) => path)).toEqual(["orchestrators.0.capabilities_prices.0"]);
  });

  it("names each orchestrator's node apart: by its URL, else its address and its place", () => {
    const capabilities_prices = [{ pricePerUnit: 5, pixelsPerUnit: 1, capability: 27 }];
    const ids = [{ address: "0x1", orch_uri: "https://one" }, { address: "0x1", orch_uri: "" }, { address: "" }, {}];
    const { prices } = read({ orchestrators: ids.map((id) => ({ ...id, capabilities_prices })) });
    expect(prices.map(({ orchestrator }) => orchestrator)).toEqual(["https://one", "0x1 1", "number 2", "number 3"]);
  });

  it("may name pipelines, models and prices that nobody knows", () => {
    const PerCapability = { 1: { models: { a: {} } }, 99: {}, x: { models: null }, 27: { models: { "": {} } } };
    const odd = { capabilities: { constraints: { PerCapability } }, capabilities_prices: [{ pixelsPerUnit: 1 }] };
    expect(read({ orchestrators: [odd] }).problems).toEqual([]);
    expect(listed({ orchestrators: [odd] }).map(({ model }) => model)).toEqual([""]);
    expect(read({ orchestrators: [odd] }).prices).toEqual([]);
  });

  it("never throws, and never reaches what every object inherits", () => {
    const polluted = JSON.parse(
      `{"orchestrators":[{"capabilities":{"constraints":{"PerCapability":{"27":{"models":{"__proto__":{"warm":true},"constructor":{"warm":true}}}}}}}]}`,
    ) as unknown;
    expect(listed(polluted).map(({ model }) => model)).toContain("constructor");
    expect({}).not.toHaveProperty("warm");
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), hostile), (json) => {
        for (const { path, message } of read(json).problems) expect(typeof path + typeof message).toBe("stringstring");
      }),
    );
  });
});

/** Of the right shape on the outside, and of any within. */
const hostile = fc.record({
  orchestrators: fc.array(
    fc.record(
      {
        address: fc.oneof(fc.string(), fc.anything()),
        capabilities: fc.record({
          constraints: fc.record({
            PerCapability: fc.dictionary(
              fc.constantFrom("27", "33", "37", "__proto__"),
              fc.record({ models: fc.dictionary(fc.string(), fc.anything()) }),
            ),
          }),
        }),
        capabilities_prices: fc.array(
          fc.record({ pricePerUnit: fc.double(), pixelsPerUnit: fc.double(), capability: fc.integer() }),
        ),
      },
      { requiredKeys: [] },
    ),
  ),
});
