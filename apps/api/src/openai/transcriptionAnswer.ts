/** A transcript in the formats that OpenAI writes it in. */
import type { ResultOf } from "@sluice/core/effect";
import * as z from "zod";
import { toSrt, toVtt } from "./captions.ts";
import { type Cue, cuesOf } from "./cues.ts";
import { isByWord, type Transcription } from "./transcriptionRequest.ts";

const usage = z
  .object({ type: z.literal("duration"), seconds: z.number() })
  .optional()
  .describe("What is billed, where that is known.");

const zero = z.literal(0).describe("Not known: clients of OpenAI want a number.");

const segment = z.object({
  id: z.int(),
  start: z.number().describe("In seconds."),
  end: z.number().describe("In seconds; about, when the gateway left the last one open."),
  text: z.string(),
  seek: zero,
  tokens: z.array(z.int()).max(0),
  temperature: zero,
  avg_logprob: zero,
  compression_ratio: zero,
  no_speech_prob: zero,
});

const word = z.object({ word: z.string(), start: z.number(), end: z.number() });

export const VerboseTranscript = z.object({
  task: z.literal("transcribe"),
  language: z.string().describe("What the request said; else `unknown`, for the gateways do not tell."),
  duration: z.number().describe("In seconds, as billed; else the end of the last part."),
  text: z.string(),
  segments: z.array(segment).optional().describe("Unless words were asked for."),
  words: z.array(word).optional().describe("When words were asked for."),
  usage,
});

export const Transcript = z.object({ text: z.string(), usage });

const verbatim = (description: string) => ({ schema: z.string().describe(description) });

/** For the OpenAPI document: what each format is sent as. */
export const transcripts = {
  description: "The transcript, as `response_format` says.",
  content: {
    "application/json": { schema: z.union([VerboseTranscript, Transcript]) },
    "text/plain": verbatim("With `text`: the words alone. With `srt`: subtitles as SubRip has them."),
    "text/vtt": verbatim("With `vtt`: subtitles as WebVTT has them."),
  },
};

/** Text is sent as `type` says; all else is JSON. */
export interface WrittenTranscript {
  readonly type: "application/json" | "text/plain" | "text/vtt";
  readonly body: z.infer<typeof Transcript> | z.infer<typeof VerboseTranscript> | string;
}

export const transcriptionAnswer = (result: ResultOf<"audio-to-text">, asked: Transcription): WrittenTranscript => {
  const text = result.text.trim();
  const billedMs = billedMsOf(result);
  const cues = cuesOf(result, billedMs);
  const billed = billedMs === undefined ? {} : { usage: { type: "duration" as const, seconds: billedMs / 1_000 } };
  switch (asked.response_format) {
    case "text":
      return { type: "text/plain", body: text === "" ? "" : `${text}\n` };
    case "srt":
      return { type: "text/plain", body: toSrt(cues) };
    case "vtt":
      return { type: "text/vtt", body: toVtt(cues) };
    case "json":
      return { type: "application/json", body: { text, ...billed } };
    case "verbose_json": {
      const parts = isByWord(asked) ? { words: cues.map(wordOf) } : { segments: cues.map(segmentOf) };
      const duration = (billedMs ?? cues.at(-1)?.endMs ?? 0) / 1_000;
      const language = asked.language ?? "unknown";
      return { type: "application/json", body: { task: "transcribe", language, duration, text, ...parts, ...billed } };
    }
  }
};

/** The length of the audio, in whole seconds as they are billed. */
const billedMsOf = ({ meta: { cost } }: ResultOf<"audio-to-text">): number | undefined =>
  cost.unit === "millisecond" && typeof cost.units === "bigint" ? Number(cost.units) : undefined;

const segmentOf = ({ startMs, endMs, text }: Cue, id: number): z.infer<typeof segment> => ({
  id,
  start: startMs / 1_000,
  end: endMs / 1_000,
  text,
  seek: 0,
  tokens: [],
  temperature: 0,
  avg_logprob: 0,
  compression_ratio: 0,
  no_speech_prob: 0,
});

const wordOf = ({ startMs, endMs, text }: Cue): z.infer<typeof word> => ({
  word: text,
  start: startMs / 1_000,
  end: endMs / 1_000,
});
