/** audio-to-text: speech becomes text, with the time of each part. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { file, modelOf } from "./fields.ts";

const input = z.strictObject({
  audio: file("Speech, of at least a second: mp4, webm, mp3, flac, wav or m4a."),
  model_id: modelOf("audio-to-text"),
  return_timestamps: z
    .enum(["sentence", "word", "true", "false", "1", "0"])
    // The document's "true" means the same, but Studio reads it as a boolean and refuses it.
    .default("sentence")
    .describe("What gets a time: `sentence` (also `true`, `1`), `word`, or nothing (`false`, `0`)."),
});

const output = z.object({
  chunks: z
    .array(
      z.object({
        text: z.string(),
        timestamp: z
          .array(z.number().nullable())
          .describe("From and to, in seconds; the end of the last one may be missing."),
      }),
    )
    .default([]),
  text: z.string(),
});

export type AudioToTextInput = z.input<typeof input>;
export type AudioToTextRequest = z.output<typeof input>;
export type AudioToTextOutput = z.output<typeof output>;

export const AudioToText = {
  name: "audio-to-text",
  path: "/audio-to-text",
  wire: "multipart",
  modelField: "model_id",
  fileField: "audio",
  media: { in: "audio", out: "text" },
  unit: "millisecond",
  input,
  output,
} as const satisfies Pipeline<"audio-to-text", typeof input, typeof output>;
