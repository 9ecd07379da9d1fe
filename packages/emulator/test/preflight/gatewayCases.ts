/** What the rules about who is asked find. */
import { type Case, type Gateway, own, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { audio, image, messages, prompt, trained } from "./inputs.ts";

/** go-livepeer once its batch pipelines are gone. */
const retired: Gateway = {
  profile: { ...own.profile, status: "retired" },
  settings: { faults: [{ kind: "retired" }] },
};

/** Studio as one rule alone sees it: its llm breaks three. */
const studioThat = (traits: Partial<Gateway["profile"]>): Gateway => ({
  ...studio,
  profile: { ...studio.profile, llm: "json", streaming: "streamed", unknownFields: {}, ...traits },
});

const form = studioThat({ llm: "form" });
const buffered = studioThat({ streaming: "buffered" });
const narrow = studioThat({ unknownFields: studio.profile.unknownFields });

/** What go-livepeer says of a form where it wants JSON. */
const noJson = "invalid character '-' in numeric literal";

/** The JSON body of that many bytes. */
const promptFor = (bytes: number): string => {
  const around = {
    prompt: "",
    model_id: "SG161222/RealVisXL_V4.0_Lightning",
    ...trained,
    safety_check: true,
    num_images_per_prompt: 1,
    num_inference_steps: 6,
    guidance_scale: 1.5,
  };
  return "x".repeat(bytes - JSON.stringify(around).length);
};

export const gatewayCases: ReadonlyArray<Case> = [
  {
    rule: "gateway-retired",
    path: "",
    what: "a gateway that is retired",
    pipeline: "text-to-image",
    gateway: retired,
    input: { prompt, ...trained },
    ends: ends.goRefuses("text-to-image has been removed", 410),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "pipeline-offered",
    path: "",
    what: "a pipeline that Studio lacks",
    pipeline: "image-to-text",
    gateway: studio,
    input: { image },
    ends: ends.studioRefuses(404, "not found"),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "pipeline-offered",
    path: "",
    what: "the other pipeline that Studio lacks",
    pipeline: "text-to-speech",
    gateway: studio,
    input: { text: "Good morning." },
    ends: ends.studioRefuses(404, "not found"),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "llm-form",
    path: "messages",
    what: "messages as go-livepeer takes them",
    pipeline: "llm",
    gateway: form,
    input: { messages },
    ends: ends.studioRefuses(422, "Expected multipart/form-data content-type"),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "llm-form",
    path: "messages",
    what: "messages as Studio's old form",
    pipeline: "llm",
    gateway: form,
    input: { messages },
    sent: { wire: "multipart", fields: { prompt: "Hello there", history: "[]", max_tokens: 256 } },
    ends: ends.passedOn(noJson),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "stream-buffered",
    path: "stream",
    what: "a stream, asked for with messages",
    pipeline: "llm",
    gateway: buffered,
    input: { messages, stream: true },
    ends: ends.studioRefuses(422, "Expected multipart/form-data content-type"),
    mended: {},
    mendedCall: { gateway: own },
    mendedEnds: ends.events,
  },
  {
    rule: "stream-buffered",
    path: "stream",
    what: "a stream, asked for in the old form",
    pipeline: "llm",
    gateway: buffered,
    input: { messages, stream: true },
    sent: { wire: "multipart", fields: { prompt: "Hello there", stream: true } },
    ends: ends.passedOn(noJson),
    mended: {},
    mendedCall: { gateway: own },
    mendedEnds: ends.events,
  },
  {
    rule: "field-refused",
    path: "messages",
    what: "a field that today's llm has and Studio's has not",
    pipeline: "llm",
    gateway: narrow,
    input: { messages },
    sent: { wire: "multipart", fields: { prompt: "Hello there", messages } },
    ends: ends.additional("messages"),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "form-text",
    path: "prompt",
    what: "3 cats",
    pipeline: "image-to-image",
    gateway: studio,
    input: { image, prompt: "3 cats" },
    ends: ends.wrongType("prompt", "string"),
    mended: { prompt: "three cats" },
  },
  {
    rule: "form-text",
    path: "prompt",
    what: "a word that JavaScript takes for a number",
    pipeline: "upscale",
    gateway: studio,
    input: { image, prompt: "Infinity pool" },
    ends: ends.wrongType("prompt", "string"),
    mended: { prompt: "an infinity pool" },
  },
  {
    rule: "form-text",
    path: "prompt",
    what: "3 cats, which another gateway takes",
    pipeline: "image-to-image",
    gateway: studio,
    input: { image, prompt: "3 cats" },
    ends: ends.wrongType("prompt", "string"),
    mended: {},
    mendedCall: { gateway: own },
  },
  {
    rule: "form-text",
    path: "return_timestamps",
    what: "the document's own default",
    pipeline: "audio-to-text",
    gateway: studio,
    input: { audio, return_timestamps: "true" },
    ends: ends.wrongType("return_timestamps", "string"),
    mended: { return_timestamps: "sentence" },
  },
  {
    rule: "json-size",
    path: "prompt",
    what: "a byte over 100 kB",
    pipeline: "text-to-image",
    gateway: studio,
    input: { prompt: promptFor(102_401), ...trained },
    ends: ends.studioRefuses(413, "request entity too large"),
    mended: { prompt: promptFor(102_400) },
  },
  {
    rule: "api-key",
    path: "apiKey",
    what: "no key",
    pipeline: "text-to-image",
    gateway: studio,
    apiKey: "",
    input: { prompt, ...trained },
    ends: ends.studioRefuses(401, "request is not authenticated"),
    mended: {},
  },
  {
    rule: "api-key",
    path: "apiKey",
    what: "a key with Bearer in front",
    pipeline: "text-to-image",
    gateway: studio,
    apiKey: `Bearer ${studio.apiKey ?? ""}`,
    input: { prompt, ...trained },
    ends: ends.studioRefuses(401, `no token Bearer ${studio.apiKey ?? ""} found`),
    mended: {},
  },
  {
    rule: "api-key",
    path: "apiKey",
    what: "a key with a word behind it",
    pipeline: "text-to-image",
    gateway: studio,
    apiKey: `${studio.apiKey ?? ""} # mine`,
    input: { prompt, ...trained },
    ends: ends.studioRefuses(401, `no token ${studio.apiKey ?? ""} # mine found`),
    mended: {},
  },
];
