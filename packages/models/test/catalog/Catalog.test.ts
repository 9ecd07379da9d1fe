import { describe, expect, it } from "vitest";
import {
  catalog,
  catalogVersion,
  defaultModel,
  documentedWarmth,
  findModel,
  modelsOf,
} from "../../src/catalog/Catalog.ts";
import data from "../../src/catalog/catalog.json" with { type: "json" };
import { Catalog } from "../../src/catalog/CatalogFile.ts";
import { fieldErrors } from "../../src/fieldErrors.ts";
import { pipelineNames } from "../../src/Pipeline.ts";

const checklist = {
  source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
  asOf: "2026-04-05",
};

describe("the catalog", () => {
  it("is a file of its schema's shape", () => {
    const { error } = Catalog.safeParse(data);
    expect(error === undefined ? [] : fieldErrors(error)).toEqual([]);
  });

  it("holds what the file holds, with each source's address and date", () => {
    expect(catalogVersion).toBe(data.version);
    expect(catalog.map(({ pipeline, model }) => `${pipeline} ${model}`)).toEqual(
      data.entries.map(({ pipeline, model }) => `${pipeline} ${model}`),
    );
    for (const { model, warmth, minVramGb, presetOf, licence } of catalog) {
      for (const { source, asOf } of [
        ...warmth,
        ...minVramGb,
        ...presetOf,
        ...(licence === undefined ? [] : [licence]),
      ]) {
        expect(source, model).toMatch(/^https:\/\//);
        expect(asOf <= catalogVersion, `${model}: ${asOf}`).toBe(true);
      }
    }
  });

  it("has each of the checklist's four warm models as its pipeline's default, in the exact spelling", () => {
    const listed = catalog.filter(({ warmth }) => warmth.some(({ source }) => source === checklist.source));
    expect(Object.fromEntries(listed.map(({ pipeline, model }) => [pipeline, model]))).toEqual({
      "text-to-image": "SG161222/RealVisXL_V4.0_Lightning",
      "image-to-image": "timbrooks/instruct-pix2pix",
      "audio-to-text": "openai/whisper-large-v3",
      llm: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    });
    expect(listed).toHaveLength(4);
    for (const { pipeline, model, default: isDefault, warmth } of listed) {
      expect([isDefault, defaultModel(pipeline)]).toEqual([true, model]);
      expect(warmth).toContainEqual({ says: "warm", ...checklist });
    }
  });

  it.each([
    ["image-to-video", "stabilityai/stable-video-diffusion-img2vid-xt-1-1"],
    ["upscale", "stabilityai/stable-diffusion-x4-upscaler"],
    ["segment-anything-2", "facebook/sam2-hiera-large"],
    ["image-to-text", "Salesforce/blip-image-captioning-large"],
    ["text-to-speech", "parler-tts/parler-tts-large-v1"],
    ["live-video-to-video", "noop"],
  ] as const)("has for %s the default %s", (pipeline, model) => {
    expect(defaultModel(pipeline)).toBe(model);
  });

  it.each(pipelineNames)("lists the default of %s first", (pipeline) => {
    expect(modelsOf(pipeline)[0]?.model).toBe(defaultModel(pipeline));
    expect(modelsOf(pipeline).every((entry) => entry.pipeline === pipeline)).toBe(true);
  });

  it("has a document that says warm for every default but the live one", () => {
    const claims = pipelineNames.map(
      (pipeline) => documentedWarmth(findModel(pipeline, defaultModel(pipeline))!)?.says,
    );
    expect(claims).toEqual([...Array.from({ length: 9 }, () => "warm"), undefined]);
  });

  it("finds a model by its exact spelling alone, and in its pipeline alone", () => {
    expect(findModel("text-to-image", "stabilityai/sdxl-turbo")?.licence?.says).toMatch(/^limited-commercial use/);
    expect(findModel("text-to-image", "stabilityai/SDXL-turbo")).toBeUndefined();
    expect(findModel("upscale", "stabilityai/sdxl-turbo")).toBeUndefined();
  });
});

describe("the newest statement about warmth that says something", () => {
  const at = (asOf: string, says: "warm" | "on-demand" | "unknown") => ({ says, source: "https://a.example", asOf });
  const entry = (...warmth: ReadonlyArray<ReturnType<typeof at>>) => ({ ...catalog[0]!, warmth });

  it("is believed, whatever the order", () => {
    const [old, later, last] = [at("2025-01-01", "warm"), at("2026-01-01", "on-demand"), at("2026-02-01", "unknown")];
    expect(documentedWarmth(entry(old, later, last))?.says).toBe("on-demand");
    expect(documentedWarmth(entry(last, later, old))?.says).toBe("on-demand");
  });

  it("is the better one of two from one day", () => {
    expect(documentedWarmth(entry(at("2026-01-01", "on-demand"), at("2026-01-01", "warm")))?.says).toBe("warm");
  });

  it("is none where sources only name the model", () => {
    expect(documentedWarmth(entry(at("2026-01-01", "unknown")))).toBeUndefined();
  });
});

describe("a catalog with a mistake", () => {
  const edited = (edit: (file: typeof data) => void): ReadonlyArray<string> => {
    const file = structuredClone(data);
    edit(file);
    const { error } = Catalog.safeParse(file);
    return error === undefined ? [] : fieldErrors(error).map(({ path, message }) => `${path}: ${message}`);
  };
  type Entry = (typeof data)["entries"][number];

  it("is refused with the path of the mistake", () => {
    expect(edited((file) => (file.version = "yesterday"))).toEqual(["version: must be a date such as 2026-11-22"]);
    expect(edited((file) => (file.entries[3]!.warmth = []))[0]).toMatch(/^entries\.3\.warmth: too small/);
    expect(edited((file) => (file.entries[2]!.model = "two words"))).toEqual([
      "entries.2.model: must be a model's id, such as stabilityai/sd-turbo",
    ]);
    expect(edited((file) => (file.entries[0]!.warmth[1]!.source = "hearsay"))).toEqual([
      "entries.0.warmth: names an unknown source: hearsay",
    ]);
    expect(edited((file) => file.entries.push(file.entries[1] as Entry))).toEqual([
      `entries.${data.entries.length}.model: is listed twice for text-to-image`,
    ]);
    expect(edited((file) => ((file.entries[1] as { spellingOf?: string }).spellingOf = "noop"))).toEqual([
      "entries.1.spellingOf: names no model of text-to-image",
    ]);
    expect(edited((file) => delete (file.entries[0] as { default?: true }).default)).toEqual([
      "entries: must have one default for text-to-image, not 0",
    ]);
    expect(edited((file) => ((file.entries[1] as { default?: true }).default = true))).toEqual([
      "entries: must have one default for text-to-image, not 2",
    ]);
  });
});
