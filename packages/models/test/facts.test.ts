import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billedRequest, bounds, usual } from "../src/facts.ts";
import {
  type GatewayProfile,
  livepeerStudio,
  type PipelineName,
  pipelineNames,
  pipelines,
  prepare,
} from "../src/index.ts";
import { anywhere, least, untyped } from "./pipelines/given.ts";

const house: GatewayProfile = { ...anywhere, defaultModels: { llm: "house/llm", upscale: "house/upscale" } };
const strict: GatewayProfile = {
  ...anywhere,
  unknownFields: { "text-to-image": ["width", "loras"], llm: ["max_tokens"] },
};
const billed = new Set(["model", "model_id", "width", "height", "num_images_per_prompt", "max_tokens"]);

/** What the schemas and the gateway make of the same input, as far as it is billed. */
const parsed = (name: PipelineName, given: object, profile: GatewayProfile): object => {
  const prepared = prepare(name, untyped({ ...least[name], ...given }), { profile });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.findings));
  return Object.fromEntries(Object.entries(prepared.request).filter(([field]) => billed.has(field)));
};

const offered = (name: PipelineName, profile: GatewayProfile): boolean =>
  profile.pipelines.includes(name) && !(name === "llm" && profile.llm === "form");

describe.each(pipelineNames)("the billed part of a request for %s", (name) => {
  const { modelField } = pipelines[name];

  it("is, where a caller says nothing, what the schemas make of a least request", () => {
    for (const profile of [anywhere, house, strict, livepeerStudio].filter((one) => offered(name, one))) {
      expect(billedRequest(name, {}, profile)).toEqual(parsed(name, {}, profile));
    }
  });

  it("is, where a caller says something, what the schemas make of the same", () => {
    const fields = Object.keys(usual[name]) as ReadonlyArray<keyof typeof bounds>;
    const numbers = fields.map((field) => {
      const { least: from, most, step } = bounds[field];
      return [field, fc.integer({ min: from / step, max: most / step }).map((steps) => steps * step)] as const;
    });
    const given = fc.record(
      { ...Object.fromEntries(numbers), model: fc.constantFrom("own/model", "", undefined) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(given, (said) => {
        const { model, ...rest } = said as { readonly model?: string };
        const sent = { ...rest, ...(model === undefined ? {} : { [modelField]: model }) };
        expect(billedRequest(name, said, house)).toEqual(parsed(name, sent, house));
      }),
      { numRuns: 50 },
    );
  });

  it("keeps the bounds of the schemas", () => {
    for (const field of Object.keys(usual[name]) as ReadonlyArray<keyof typeof bounds>) {
      const { least: from, most, step } = bounds[field];
      for (const wrong of [from - step, most + step, ...(step === 1 ? [] : [from + 1])]) {
        const prepared = prepare(name, untyped({ ...least[name], [field]: wrong }), { profile: anywhere });
        expect(prepared.ok ? [] : prepared.findings.map(({ path }) => path)).toEqual([field]);
      }
    }
  });
});

it("loads no schema: nothing of zod is in a bundle of it", async () => {
  const { metafile } = await build({
    entryPoints: [new URL("../src/facts.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "esm",
    conditions: ["@sluice/source"],
  });
  const packages = Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"));
  expect(packages).toEqual([]);
});
