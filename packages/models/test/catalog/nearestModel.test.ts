import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog, findModel } from "../../src/catalog/Catalog.ts";
import { nearestModel } from "../../src/catalog/nearestModel.ts";
import { pipelineNames } from "../../src/Pipeline.ts";

const lightning = "SG161222/RealVisXL_V4.0_Lightning";
const llama = "meta-llama/Meta-Llama-3.1-8B-Instruct";

describe("did you mean", () => {
  it.each([
    ["text-to-image", "sg161222/realvisxl_v4.0_lightning", lightning],
    ["text-to-image", "RealVisXL_V4.0_Lightning", lightning],
    ["text-to-image", ` ${lightning}\n`, lightning],
    ["text-to-image", "SG161222/RealVisXL_V40_Lightning", lightning],
    ["text-to-image", "sdxl-turbo", "stabilityai/sdxl-turbo"],
    ["text-to-image", "stabilityai/sdxl_turbo", "stabilityai/sdxl-turbo"],
    ["llm", "meta-llama/Llama-3.1-8B-Instruct", llama],
    ["llm", "meta-llama/llama-3.1-8B-Instruct", llama],
    ["audio-to-text", "whisper-large-v2", "openai/whisper-large-v3"],
    ["live-video-to-video", "Noop", "noop"],
  ] as const)("%s: %j is answered with %s", (pipeline, text, model) => {
    expect(nearestModel(pipeline, text)).toBe(model);
  });

  it.each([
    ["text-to-image", lightning],
    ["text-to-image", ""],
    ["text-to-image", " "],
    ["text-to-image", "gpt"],
    ["upscale", "meta-llama/Meta-Llama-3.1-8B-Instruct"],
    ["llm", "x".repeat(100_000)],
  ] as const)("%s: %j is answered with nothing", (pipeline, text) => {
    expect(nearestModel(pipeline, text)).toBeUndefined();
  });

  it("finds every model again whose letters have another case", () => {
    for (const { pipeline, model, spellingOf } of catalog) {
      const meant = nearestModel(pipeline, model.toUpperCase());
      expect([spellingOf ?? model]).toContain(meant);
    }
  });

  it("names a known model of the pipeline, or none, whatever was written", () => {
    fc.assert(
      fc.property(fc.constantFrom(...pipelineNames), fc.string({ unit: "binary" }), (pipeline, text) => {
        const meant = nearestModel(pipeline, text);
        if (meant !== undefined) expect(findModel(pipeline, meant)).toBeDefined();
      }),
    );
  });
});
