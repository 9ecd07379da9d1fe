/** What is just allowed: the near misses of the planted mistakes. */
import { describe, expect, it } from "vitest";
import { type PipelineName, pipelineNames, pipelines, prepare } from "../../src/index.ts";
import { anywhere, least, picture, untyped } from "./given.ts";
import { schemaOf } from "./planted.ts";

const requestOf = (pipeline: PipelineName, input: unknown): Readonly<Record<string, unknown>> => {
  const prepared = prepare(pipeline, untyped(input), { profile: anywhere });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.findings));
  return untyped(prepared.request);
};

const bounded = pipelineNames.flatMap((pipeline) =>
  Object.entries(schemaOf(pipeline).properties ?? {})
    .filter(([, field]) => field["minimum"] !== undefined)
    .map(([name, field]) => ({ pipeline, name, field: field as Readonly<Record<string, number>> })),
);

describe("a number", () => {
  it.each(bounded)("may be as small and as large as it says: $name of $pipeline", ({ pipeline, name, field }) => {
    const { minimum = NaN, maximum = NaN, multipleOf = 0 } = field;
    for (const value of [minimum, minimum + multipleOf, maximum - multipleOf, maximum]) {
      expect(requestOf(pipeline, { ...least[pipeline], [name]: value })[name]).toBe(value);
    }
  });

  it("is bounded wherever there is one", () => {
    for (const name of pipelineNames) {
      for (const field of Object.values(schemaOf(name).properties ?? {})) {
        if (field.type === "number" || field.type === "integer") {
          expect(field["minimum"]).toBeTypeOf("number");
          expect(field["maximum"]).toBeTypeOf("number");
        }
      }
    }
  });

  it.each<PipelineName>(["text-to-image", "image-to-image", "image-to-video", "upscale"])(
    "that is a seed of %s is one of 32 bits, zero too, and none is made up",
    (pipeline) => {
      for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
        expect(requestOf(pipeline, { ...least[pipeline], seed })["seed"]).toBe(seed);
      }
      expect(requestOf(pipeline, least[pipeline])["seed"]).toBeUndefined();
      for (const seed of [-1, 2 ** 32, 0.5]) {
        expect(prepare(pipeline, untyped({ ...least[pipeline], seed }), { profile: anywhere }).ok).toBe(false);
      }
    },
  );
});

describe("a default", () => {
  it.each(pipelineNames)("of %s stands for undefined", (pipeline) => {
    const undecided = Object.fromEntries(
      Object.keys(schemaOf(pipeline).properties ?? {}).map((name) => [name, undefined]),
    );
    const request = requestOf(pipeline, { ...undecided, ...least[pipeline] });
    const sent = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    expect(sent).toEqual(requestOf(pipeline, least[pipeline]));
  });

  it("of an image-to-image with a Lightning model is few steps and little guidance, where the caller says nothing", () => {
    const lightning = { ...least["image-to-image"], model_id: "ByteDance/SDXL-Lightning" };
    expect(requestOf("image-to-image", lightning)).toMatchObject({ num_inference_steps: 6, guidance_scale: 1.5 });
    const own = { ...lightning, num_inference_steps: 4, guidance_scale: 0 };
    expect(requestOf("image-to-image", own)).toMatchObject({ num_inference_steps: 4, guidance_scale: 0 });
    const usual = requestOf("image-to-image", least["image-to-image"]);
    expect(usual).not.toHaveProperty("num_inference_steps");
    expect(usual).not.toHaveProperty("guidance_scale");
  });

  it("of an image-to-video has both sides, as the document and the model have them", () => {
    expect(requestOf("image-to-video", least["image-to-video"])).toMatchObject({ width: 1024, height: 576 });
  });

  it("of an llm request names all four fields that a self-hosted gateway needs", () => {
    expect(requestOf("llm", least.llm)).toMatchObject({
      model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
      stream: false,
      max_tokens: 256,
      messages: [{ role: "user", content: "Hello" }],
    });
  });
});

describe("a file", () => {
  const files = pipelineNames.flatMap((name) => {
    const pipeline = pipelines[name];
    return "fileField" in pipeline ? [{ name, field: pipeline.fileField }] : [];
  });

  it.each(files)("of $name is sent as it was given: bytes, a Blob or a File", ({ name, field }) => {
    for (const file of [picture, Buffer.from(picture), new Blob([picture]), new File([picture], "fox.png")]) {
      expect(requestOf(name, { ...least[name], [field]: file })[field]).toBe(file);
    }
  });

  it.each(files)("of $name is no path, no address, no base64 and no other array", ({ name, field }) => {
    const others = ["fox.png", "https://example.com/fox.png", "iVBORw0KGgo=", [137, 80], new ArrayBuffer(8)];
    for (const file of [...others, new Uint16Array(4), { size: 5 }]) {
      const prepared = prepare(name, untyped({ ...least[name], [field]: file }), { profile: anywhere });
      expect(prepared).toMatchObject({ ok: false, findings: [{ path: field, rule: "field-form" }] });
    }
  });
});

describe("what SAM 2 is shown", () => {
  const shown = (fields: object) => requestOf("segment-anything-2", { image: picture, ...fields });
  const refused = (fields: object) =>
    prepare("segment-anything-2", { image: picture, ...fields }, { profile: anywhere });

  it.each([
    { point_coords: "[[120,100]]", point_labels: "[1]" },
    { point_coords: " [ [ 0, 0.5 ], [-1e3, 7] ] ", point_labels: "[0, 1]" },
    { point_coords: "[]", point_labels: "[]" },
    { box: "[10,20,300,400]" },
    { box: "[[10,20,300,400],[0,0,9,9]]" },
    { point_coords: "[[[1,2],[3,4]]]", point_labels: "[[1,-1]]" },
    { box: "[10.5,20,300,400]", point_coords: "[[1,2]]", point_labels: "[0]" },
    { mask_input: "[[[0.0]]]" },
    {},
  ])("is JSON in strings, as it was written: %j", (fields) => {
    expect(shown(fields)).toMatchObject(fields);
  });

  it.each([
    { point_coords: "[[120,100]]" },
    { point_coords: "[[120,100]]", point_labels: "[]" },
    { point_coords: "[[120,100]]", point_labels: "[1,0]" },
    { point_coords: "[[1,2],[3,4]]", point_labels: "[1]" },
    { point_labels: "[1]" },
  ])("has a label for each point, not %j", (fields) => {
    expect(refused(fields)).toEqual({
      ok: false,
      findings: [
        {
          path: "point_labels",
          rule: "field-form",
          severity: "refuse",
          message: "must hold one label for each point of point_coords",
          fix: "Give a 1 or a 0 for each point.",
        },
      ],
    });
  });

  it("is told apart when both are no JSON", () => {
    const prepared = refused({ point_coords: "x", point_labels: "y", box: "z" });
    expect(prepared.ok ? [] : prepared.findings.map(({ path }) => path)).toEqual([
      "point_coords",
      "point_labels",
      "box",
    ]);
  });
});
