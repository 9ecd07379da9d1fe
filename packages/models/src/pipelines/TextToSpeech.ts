/** text-to-speech: a text is spoken, by a voice that a sentence describes. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { modelOf, text } from "./fields.ts";

const input = z.strictObject({
  text: text.describe("What to say; from about 600 characters on, speech may be cut."),
  model_id: modelOf("text-to-speech"),
  description: z
    .string()
    .default("A male speaker delivers a slightly expressive and animated speech with a moderate speed and pitch.")
    .describe("How to say it; there is no field for a voice."),
});

const output = z.object({
  audio: z.object({
    url: z.string().min(1).describe("Where the WAV file is; gateways keep it only for a short time."),
  }),
});

export type TextToSpeechInput = z.input<typeof input>;
export type TextToSpeechRequest = z.output<typeof input>;
export type TextToSpeechOutput = z.output<typeof output>;

export const TextToSpeech = {
  name: "text-to-speech",
  path: "/text-to-speech",
  wire: "json",
  modelField: "model_id",
  media: { in: "text", out: "audio" },
  unit: "character",
  input,
  output,
} as const satisfies Pipeline<"text-to-speech", typeof input, typeof output>;
