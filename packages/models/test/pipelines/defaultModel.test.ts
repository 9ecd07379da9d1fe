import { describe, expect, it } from "vitest";
import {
  defaultModel,
  type GatewayProfile,
  livepeerStudio,
  type PipelineName,
  pipelineNames,
  pipelines,
  prepare,
} from "../../src/index.ts";
import { anywhere, least, untyped } from "./given.ts";

const modelOf = (pipeline: PipelineName, input: unknown, profile: GatewayProfile): unknown => {
  const prepared = prepare(pipeline, untyped(input), { profile });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.findings));
  const request: Readonly<Record<string, unknown>> = { ...prepared.request };
  return request[pipelines[pipeline].modelField];
};

const house: GatewayProfile = {
  ...anywhere,
  defaultModels: Object.fromEntries(pipelineNames.map((name) => [name, `house/${name}`])),
};

it("a field that the gateway refuses is not sent unless it is given; an empty text gives none", () => {
  const profile: GatewayProfile = {
    ...anywhere,
    unknownFields: { "text-to-image": ["loras", "width", "safety_check"] },
  };
  const prepared = prepare("text-to-image", { prompt: "a fox", loras: "" }, { profile });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.findings));
  expect(Object.keys(prepared.request)).not.toContain("width");
  expect(prepared.warnings).toEqual([]);
  const given = prepare("text-to-image", { prompt: "a fox", width: 512 }, { profile });
  expect(given.ok ? [] : given.findings.map(({ rule, path }) => [rule, path])).toEqual([["field-refused", "width"]]);
});

it.each([null, undefined, 7, "text-to-music"])("a pipeline that there is not is told: %j", (name) => {
  const prepared = prepare(name as unknown as PipelineName, {} as never, { profile: anywhere });
  expect(prepared.ok ? [] : prepared.findings).toMatchObject([{ rule: "pipeline-offered", path: "" }]);
});

describe.each(pipelineNames)("the model of a request for %s", (name) => {
  const { modelField } = pipelines[name];
  const named = { ...least[name], [modelField]: "own/model" };
  const unnamed = [least[name], { ...least[name], [modelField]: "" }, { ...least[name], [modelField]: undefined }];

  it("is the caller's, whatever the gateway would have", () => {
    for (const profile of [anywhere, house]) expect(modelOf(name, named, profile)).toBe("own/model");
  });

  it("is the gateway's where the caller names none, also by an empty text", () => {
    for (const input of unnamed) expect(modelOf(name, input, house)).toBe(`house/${name}`);
  });

  it("is the catalog's where the gateway has none either", () => {
    for (const input of unnamed) expect(modelOf(name, input, anywhere)).toBe(defaultModel(name));
  });

  it("is not read from what is no object", () => {
    for (const input of [null, undefined, "text", 7, []]) {
      const prepared = prepare(name, untyped(input), { profile: house });
      expect(prepared.ok ? [] : prepared.findings.map(({ path }) => path)).toEqual([""]);
    }
  });

  it("does not hide that it has the wrong type", () => {
    const prepared = prepare(name, untyped({ ...least[name], [modelField]: null }), { profile: house });
    expect(prepared).toMatchObject({ ok: false, findings: [{ path: modelField, rule: "field-type" }] });
  });
});

describe("a gateway's default", () => {
  it("of a Lightning model brings its steps and guidance", () => {
    const profile = { ...anywhere, defaultModels: { "text-to-image": "ByteDance/SDXL-Lightning" } };
    expect(prepare("text-to-image", { prompt: "a red fox" }, { profile })).toMatchObject({
      ok: true,
      request: { model_id: "ByteDance/SDXL-Lightning", num_inference_steps: 6, guidance_scale: 1.5 },
    });
  });

  it("of another model brings none", () => {
    const profile = { ...anywhere, defaultModels: { "text-to-image": "stabilityai/sdxl-turbo" } };
    const prepared = prepare("text-to-image", { prompt: "a red fox" }, { profile });
    expect(prepared.ok && prepared.request).not.toHaveProperty("num_inference_steps");
  });

  it("is Studio's own for image-to-video", () => {
    expect(modelOf("image-to-video", least["image-to-video"], livepeerStudio)).toBe(
      "stabilityai/stable-video-diffusion-img2vid-xt-1-1",
    );
  });
});
