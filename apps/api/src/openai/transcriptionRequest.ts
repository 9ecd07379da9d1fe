/** OpenAI's request for a transcript as a gateway's audio-to-text. */
import type { CallInput } from "@sluice/core/effect";
import * as z from "zod";
import { hint, model, only, onlyAbsent, onlyEmpty } from "./fields.ts";
import { fileField, type FormShape } from "./formFields.ts";
import { given, type Renaming } from "./mistaken.ts";
import type { ModelNames } from "./ModelNames.ts";

const listens = "the gateways' models listen without it";

export const Transcription = z
  .strictObject({
    file: fileField("Speech, of at least a second: mp4, webm, mp3, flac, wav or m4a."),
    model,
    response_format: z
      .enum(["json", "text", "srt", "vtt", "verbose_json"])
      .default("json")
      .describe("What the transcript is written as."),
    timestamp_granularities: z
      .array(z.enum(["segment", "word"]))
      .max(1, "must be segment or word, not both: a gateway times one of them in a call")
      .optional()
      .describe("What has a time in `verbose_json`; a form sends it as `timestamp_granularities[]`."),
    language: hint(z.string(), `${listens}; \`verbose_json\` repeats it`),
    prompt: hint(z.string(), listens),
    temperature: hint(z.number().min(0).max(1), listens),
    stream: only(false, "a transcript does not come in parts"),
    chunking_strategy: only("auto", "the gateway decides about it"),
    include: onlyEmpty("the gateways tell nothing of probabilities"),
    known_speaker_names: onlyEmpty("the gateways do not tell speakers apart"),
    known_speaker_references: onlyAbsent("the gateways do not tell speakers apart"),
  })
  .refine(
    ({ response_format: format, timestamp_granularities: timed }) => !timed?.length || format === "verbose_json",
    {
      path: ["timestamp_granularities"],
      error: 'must be absent unless response_format is "verbose_json"',
      params: { fix: "Ask for verbose_json, or leave it out." },
    },
  );

export type Transcription = z.output<typeof Transcription>;

export const transcriptionForm: FormShape = {
  lists: ["timestamp_granularities", "include", "known_speaker_names"],
  literals: ["temperature", "stream"],
};

export const transcriptionNames: Renaming = {
  model_id: "model",
  audio: "file",
  return_timestamps: "timestamp_granularities",
};

export const isByWord = ({ timestamp_granularities: timed }: Pick<Transcription, "timestamp_granularities">): boolean =>
  timed?.includes("word") ?? false;

/** Throws an `UnknownModel`. */
export const audioToTextInput = (fields: Transcription, names: ModelNames): CallInput<"audio-to-text"> => ({
  audio: fields.file,
  ...given({ model_id: names.resolve(fields.model) }),
  // Also where no time is told: Studio refuses "false", and a model may need the times for more than half a minute.
  return_timestamps: isByWord(fields) ? "word" : "sentence",
});
