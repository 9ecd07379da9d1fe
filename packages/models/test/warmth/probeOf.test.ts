import { describe, expect, it } from "vitest";
import { defaultModel } from "../../src/catalog/Catalog.ts";
import { readAudio, readImage } from "../../src/index.ts";
import { type PipelineName, pipelineNames } from "../../src/Pipeline.ts";
import { pipelines } from "../../src/pipelines/pipelines.ts";
import { probeOf } from "../../src/warmth/probeOf.ts";

const probed = pipelineNames.filter((name) => name !== "live-video-to-video");
const inputOf = (pipeline: PipelineName): Record<string, unknown> => {
  const probe = probeOf(pipeline, defaultModel(pipeline));
  if (!probe.ok) throw new Error(probe.reason);
  return { ...probe.input };
};

describe("a probe", () => {
  it.each(probed)("of %s is a request that its schema takes, for the model in its exact spelling", (pipeline) => {
    const { input, modelField, wire } = pipelines[pipeline];
    const probe = probeOf(pipeline, "Some-Owner/Some_Model");
    expect(probe).toMatchObject({ ok: true, pipeline, model: "Some-Owner/Some_Model" });
    const request: Record<string, unknown> = input.parse(probe.ok ? probe.input : undefined);
    expect(request[modelField]).toBe("Some-Owner/Some_Model");
    const files = Object.values(request).filter((value) => value instanceof Uint8Array);
    expect(files).toHaveLength(wire === "multipart" ? 1 : 0);
  });

  it.each([
    ["text-to-image", { width: 256, height: 256, num_images_per_prompt: 1, num_inference_steps: 1 }],
    ["image-to-image", { num_images_per_prompt: 1, num_inference_steps: 1, strength: 1 }],
    ["image-to-video", { width: 256, height: 256, num_inference_steps: 1 }],
    ["upscale", { num_inference_steps: 1 }],
    ["llm", { max_tokens: 1, stream: false }],
    ["text-to-speech", { text: "Hi" }],
    ["segment-anything-2", { multimask_output: false, return_logits: false }],
  ] as const)("of %s asks for little: %j", (pipeline, least) => {
    expect(inputOf(pipeline)).toMatchObject(least);
  });

  it.each([
    ["image-to-image", { width: 64, height: 64, format: "png" }],
    ["image-to-video", { width: 64, height: 64 }],
    ["upscale", { width: 64, height: 64 }],
    ["segment-anything-2", { width: 64, height: 64 }],
    ["image-to-text", { width: 64, height: 64 }],
    ["audio-to-text", { seconds: 1, format: "wav" }],
  ] as const)("of %s sends little: %j", async (pipeline, facts) => {
    const file = Object.values(inputOf(pipeline)).find((value) => value instanceof Uint8Array)!;
    expect(await (pipeline === "audio-to-text" ? readAudio : readImage)(file)).toMatchObject(facts);
  });

  it.each(["text-to-image", "image-to-image", "image-to-video", "upscale"] as const)(
    "of %s is not checked for safety",
    (pipeline) => {
      expect(inputOf(pipeline)["safety_check"]).toBe(false);
    },
  );

  it("of a live stream is refused, with the reason", () => {
    expect(probeOf("live-video-to-video", "noop")).toEqual({
      ok: false,
      pipeline: "live-video-to-video",
      model: "noop",
      reason:
        "A live stream cannot be probed cheaply: a minute of 720p video is paid for before the first frame comes back.",
    });
  });

  it("holds no text that Studio would read as a number or a boolean", () => {
    for (const pipeline of probed) {
      if (pipelines[pipeline].wire !== "multipart") continue;
      const texts = Object.values(inputOf(pipeline)).filter((value) => typeof value === "string");
      for (const text of texts) expect([text, Number.isNaN(Number.parseFloat(text))]).toEqual([text, true]);
    }
  });
});
