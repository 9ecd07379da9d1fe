/** Cases of the rules about who is asked, and with which key. */
import { emulator, livepeerCloud, livepeerStudio } from "../../src/index.ts";
import type { Cases, Request } from "./Request.ts";

const onStudio = { profile: livepeerStudio } as const;

const keyed = (apiKey: string | undefined, profile = livepeerStudio): Request => ({
  pipeline: "text-to-image",
  circumstances: { profile, apiKey },
});

/** A form's text on Studio. */
const form = (prompt: string, profile = livepeerStudio): Request => ({
  pipeline: "upscale",
  input: { prompt },
  circumstances: { profile },
});

/** A prompt that makes a body of so many bytes. */
const bodyOf = (bytes: number, profile = livepeerStudio): Request => {
  const model_id = "stabilityai/sdxl-turbo";
  const sent = { model_id, width: 512, height: 512, num_images_per_prompt: 1, safety_check: true };
  const around = JSON.stringify({ prompt: "", ...sent }).length;
  return {
    pipeline: "text-to-image",
    input: { ...sent, prompt: "x".repeat(bytes - around) },
    circumstances: { profile },
  };
};

export const gatewayCases: Readonly<Record<string, Cases>> = {
  "gateway-retired": {
    broken: [
      {
        pipeline: "text-to-image",
        circumstances: { profile: { ...emulator, name: "old", status: "retired" } },
        path: "",
        message: "old is retired",
      },
    ],
    near: (["supported", "legacy"] as const).map((status) => ({
      pipeline: "text-to-image" as const,
      circumstances: { profile: { ...emulator, status } },
    })),
  },
  "pipeline-offered": {
    broken: [
      { pipeline: "live-video-to-video", path: "", message: /^emulator does not offer live-video-to-video; it has / },
      {
        pipeline: "text-to-speech",
        circumstances: onStudio,
        path: "",
        message: /^livepeer-studio does not offer text-to-speech/,
      },
      { pipeline: "image-to-text", circumstances: onStudio, path: "", message: /it has text-to-image, / },
      {
        pipeline: "upscale",
        circumstances: { profile: { ...livepeerCloud, pipelines: ["llm"] } },
        path: "",
        message: "livepeer-cloud does not offer upscale; it has llm",
      },
    ],
    near: [
      { pipeline: "text-to-speech" },
      { pipeline: "image-to-text", circumstances: { profile: livepeerCloud } },
      { pipeline: "upscale", circumstances: onStudio },
    ],
  },
  "llm-form": {
    broken: [
      {
        pipeline: "llm",
        circumstances: onStudio,
        path: "messages",
        message: /^cannot be sent: livepeer-studio takes llm only as its old form/,
      },
    ],
    near: [
      { pipeline: "llm" },
      { pipeline: "text-to-image", circumstances: onStudio },
      { pipeline: "llm", circumstances: { profile: { ...livepeerStudio, llm: "json" } } },
    ],
  },
  "stream-buffered": {
    broken: [
      {
        pipeline: "llm",
        input: { stream: true },
        circumstances: { profile: { ...emulator, streaming: "buffered" } },
        path: "stream",
        message: "is true, but emulator holds the whole answer back",
      },
    ],
    near: [
      { pipeline: "llm", input: { stream: false }, circumstances: { profile: { ...emulator, streaming: "buffered" } } },
      { pipeline: "llm", circumstances: { profile: { ...emulator, streaming: "buffered" } } },
      { pipeline: "llm", input: { stream: true } },
    ],
  },
  "field-refused": {
    broken: [
      {
        pipeline: "text-to-image",
        input: { seed: 0 },
        circumstances: { profile: { ...emulator, unknownFields: { "text-to-image": ["loras", "seed"] } } },
        path: "seed",
        message: "is unknown to emulator",
      },
      {
        pipeline: "upscale",
        input: { safety_check: true },
        circumstances: { profile: { ...emulator, unknownFields: { upscale: ["safety_check"] } } },
        path: "safety_check",
        message: "is unknown to emulator",
      },
    ],
    near: [
      {
        pipeline: "text-to-image",
        input: { seed: undefined },
        circumstances: { profile: { ...emulator, unknownFields: { "text-to-image": ["loras", "seed"] } } },
      },
      {
        // Its default is not sent.
        pipeline: "upscale",
        circumstances: { profile: { ...emulator, unknownFields: { upscale: ["safety_check"] } } },
      },
      {
        pipeline: "upscale",
        input: { seed: 7 },
        circumstances: { profile: { ...emulator, unknownFields: { "text-to-image": ["seed"] } } },
      },
    ],
  },
  "form-text": {
    broken: [
      ...[
        "3 cats",
        "12",
        "-1",
        "+1",
        ".5x",
        "-.5",
        "1e3",
        "0",
        " 7",
        "\n7",
        "Infinity",
        "-Infinity war",
        "true",
        "false",
      ].map((prompt) => ({
        ...form(prompt),
        path: "prompt",
        message: /and livepeer-studio reads such a text as one$/,
      })),
      ...["true", "false", "1", "0"].map((return_timestamps) => ({
        pipeline: "audio-to-text" as const,
        input: { return_timestamps },
        circumstances: onStudio,
        path: "return_timestamps",
        message: /^begins like a number or is true or false/,
      })),
      {
        pipeline: "image-to-image",
        input: { negative_prompt: "2 heads" },
        circumstances: onStudio,
        path: "negative_prompt",
        message: /^begins like a number/,
      },
    ],
    near: [
      ...[
        "three cats",
        "photo of 3 cats",
        "truest",
        "True",
        " true",
        "falsehood",
        "x3",
        "-",
        ".",
        "+cats",
        "e3",
        "infinity",
      ].map((prompt) => form(prompt)),
      ...["NaN", "#1", "½ a cat", "٣ cats"].map((prompt) => form(prompt)),
      form("3 cats", emulator),
      form("true", livepeerCloud),
      { pipeline: "text-to-image", input: { prompt: "3 cats" }, circumstances: onStudio },
      { pipeline: "audio-to-text", input: { return_timestamps: "word" }, circumstances: onStudio },
      {
        pipeline: "segment-anything-2",
        input: { point_coords: "[[1,2]]", point_labels: "[1]" },
        circumstances: onStudio,
      },
    ],
  },
  "json-size": {
    broken: [
      {
        ...bodyOf(102_401),
        path: "prompt",
        message: "makes a body of 102401 bytes, and livepeer-studio takes 102400 at most",
      },
      {
        pipeline: "text-to-image",
        input: { negative_prompt: "é".repeat(60_000) },
        circumstances: onStudio,
        path: "negative_prompt",
        message: /^makes a body of 120\d\d\d bytes/,
      },
    ],
    near: [
      bodyOf(102_400),
      bodyOf(1_000_000, emulator),
      form("a ".repeat(60_000)),
      { pipeline: "text-to-image", input: { negative_prompt: "e".repeat(60_000) }, circumstances: onStudio },
    ],
  },
  "api-key": {
    broken: [
      { ...keyed(undefined), path: "apiKey", message: "livepeer-studio needs a key; set LIVEPEER_API_KEY" },
      { ...keyed(""), path: "apiKey", message: "livepeer-studio needs a key; set LIVEPEER_API_KEY" },
      ...["Bearer abc", "bearer abc", "BEARER", "Bearer: abc"].map((key) => ({
        ...keyed(key),
        path: "apiKey",
        message: "must be the bare key, without 'Bearer' in front",
      })),
      ...[" abc", "abc ", "abc\n", "a bc", "a\u00a0c", "schlüssel", "\u0000", "a\u007f"].map((key) => ({
        ...keyed(key, emulator),
        path: "apiKey",
        message: "holds a space, a line break or another character that no key has",
      })),
    ],
    near: [
      keyed("sk-live-0123"),
      keyed("bearers-of-tokens"),
      keyed("!~"),
      keyed(undefined, emulator),
      keyed("", livepeerCloud),
      { pipeline: "text-to-image", circumstances: onStudio },
    ],
  },
};
