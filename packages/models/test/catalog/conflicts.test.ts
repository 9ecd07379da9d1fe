import { describe, expect, it } from "vitest";
import { catalog, type CatalogEntry } from "../../src/catalog/Catalog.ts";
import { conflicts } from "../../src/catalog/conflicts.ts";

const video = "stabilityai/stable-video-diffusion-img2vid-xt";
const llama = "meta-llama/Meta-Llama-3.1-8B-Instruct";

describe("the sources of the catalog disagree", () => {
  it("about these, and nothing else", () => {
    expect(conflicts().map(({ about, pipeline, models }) => [about, pipeline, ...models])).toEqual([
      ["preset", "text-to-image", "stabilityai/sdxl-turbo"],
      ["preset", "image-to-image", "stabilityai/sdxl-turbo"],
      ["warmth", "image-to-video", video],
      ["warm-model", "image-to-video", `${video}-1-1`, video],
      ["vram", "llm", llama],
      ["spelling", "llm", "meta-llama/llama-3.1-8B-Instruct", llama],
      ["preset", "llm", "meta-llama/llama-3.1-8B-Instruct"],
    ]);
  });

  it("and each side is shown with its source", () => {
    const memory = conflicts().find(({ about }) => about === "vram");
    expect(memory?.sentence).toBe(`${llama} needs 16 or 8 GB of GPU memory: the sources differ.`);
    expect(memory?.statements).toEqual([
      {
        model: llama,
        says: 16,
        source: "https://github.com/livepeer/docs/blob/e874eb66/ai/pipelines/llm.mdx",
        asOf: "2025-11-19",
      },
      {
        model: llama,
        says: 8,
        source: "https://github.com/livepeer/docs/blob/d498d7c7/v2/developers/build/ai-and-agents/model-support.mdx",
        asOf: "2026-05-12",
      },
    ]);
    for (const { statements, models, sentence } of conflicts()) {
      expect(new Set(statements.map(({ model }) => model))).toEqual(new Set(models));
      expect(statements.length).toBeGreaterThan(1);
      expect(sentence).toMatch(/^[^\n]+\.$/);
    }
  });
});

describe("no conflict", () => {
  const claim = (says: "warm" | "on-demand" | "unknown", source: string) => ({ says, source, asOf: "2026-01-01" });
  const entry = (model: string, fields: Partial<CatalogEntry>): CatalogEntry => ({
    pipeline: "upscale",
    model,
    default: false,
    warmth: [],
    minVramGb: [],
    presetOf: [],
    ...fields,
  });

  it("is a source that says nothing of warmth", () => {
    expect(conflicts([entry("a/a", { warmth: [claim("warm", "one"), claim("unknown", "two")] })])).toEqual([]);
  });

  it("is a source that knows of one warm model more", () => {
    const first = entry("a/a", { warmth: [claim("warm", "one"), claim("warm", "two")] });
    expect(conflicts([first, entry("a/b", { warmth: [claim("warm", "two")] })])).toEqual([]);
    expect(conflicts([first, entry("a/b", { warmth: [claim("warm", "three")] })])).toHaveLength(1);
  });

  it("is a preset that some source calls warm", () => {
    const presetOf = [claim("warm", "one")].map((one) => ({ ...one, says: "go-livepeer" }));
    expect(conflicts([entry("a/a", { presetOf, warmth: [claim("warm", "one")] })])).toEqual([]);
    expect(conflicts([entry("a/a", { presetOf, warmth: [claim("on-demand", "one")] })])).toHaveLength(1);
  });

  it("is memory that all sources give alike", () => {
    const size = (source: string, says: number) => ({ says, source, asOf: "2026-01-01" });
    expect(conflicts([entry("a/a", { minVramGb: [size("one", 8), size("two", 8)] })])).toEqual([]);
  });

  it("is in what the catalog's entries say one by one, for most of them", () => {
    expect(catalog.flatMap((one) => conflicts([{ ...one, spellingOf: undefined }]))).toHaveLength(5);
  });
});
