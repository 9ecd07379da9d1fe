import { describe, expect, it } from "vitest";
import { catalog, defaultModel } from "../../src/index.ts";

describe("the catalog", () => {
  it("lists the four warm models of Livepeer's checklist, in their exact spelling", () => {
    expect(Object.fromEntries(catalog.map(({ pipeline, model }) => [pipeline, model]))).toEqual({
      "text-to-image": "SG161222/RealVisXL_V4.0_Lightning",
      "image-to-image": "timbrooks/instruct-pix2pix",
      "audio-to-text": "openai/whisper-large-v3",
      llm: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    });
    expect(catalog).toHaveLength(4);
  });

  it.each(catalog)("says of $model who claims that it is warm, and when", ({ warmth, source, asOf }) => {
    expect(warmth).toBe("claimed-warm");
    expect(source).toBe("https://docs.livepeer.org/v2/developers/guides/ai/production-checklist");
    expect(asOf).toBe("2026-04-05");
  });

  it.each(catalog)("has $model as the default of $pipeline", ({ pipeline, model }) => {
    expect(defaultModel(pipeline)).toBe(model);
  });

  it("makes up no default where it lists no model", () => {
    expect(() => defaultModel("upscale")).toThrow("The catalog lists no warm model for upscale.");
  });
});
