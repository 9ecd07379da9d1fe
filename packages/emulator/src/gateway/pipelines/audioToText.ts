/** audio-to-text: a transcript, metered by the whole seconds of the audio, a thousand units each. */
import { goError, metered, nullResult } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct } from "../goStruct.ts";
import { audioSecondsOf } from "../media/audioSeconds.ts";
import { submit } from "../Orchestra.ts";

const bodyGenAudioToText = {
  name: "BodyGenAudioToText",
  fields: { metadata: "string", model_id: "string", return_timestamps: "string" },
} as const satisfies GoStruct;

/** The runner's, in bytes. Its 413 is no 400, and so no orchestrator has a result in the end. */
const largestAudio = 52_428_800;
const unitsPerSecond = 1_000;

export const audioToText = formBatch(bodyGenAudioToText, "audio", (orchestra, params, audio) => {
  const seconds = audioSecondsOf(audio) ?? 0;
  const whole = Math.trunc(seconds);
  if (whole < 1) {
    return submit(orchestra, "audio-to-text", params.model_id, goError(400, "audio duration calculation failed"));
  }
  return submit(orchestra, "audio-to-text", params.model_id, () =>
    audio.length > largestAudio
      ? nullResult
      : metered(whole * unitsPerSecond, transcriptOf(seconds, params.return_timestamps ?? "true")),
  );
});

const spoken = [
  " The tide comes in at seven.",
  " A heron stands where the river bends.",
  " By noon the fog has gone.",
  " Nobody keeps the lighthouse now.",
] as const;
const secondsPerSentence = 2.5;

/** Sentences for as long as the audio lasts. Chunks are sentences, words, or none, as `return_timestamps` asks. */
const transcriptOf = (seconds: number, timestamps: string): object => {
  const count = Math.max(1, Math.floor(seconds / secondsPerSentence));
  const sentences = Array.from({ length: count }, (_, index) => spoken[index % spoken.length] ?? "");
  return { chunks: chunksOf(sentences, seconds, timestamps.toLowerCase()), text: sentences.join("") };
};

const chunksOf = (sentences: ReadonlyArray<string>, seconds: number, timestamps: string): ReadonlyArray<object> => {
  if (timestamps === "false" || timestamps === "0") return [];
  const pieces = timestamps === "word" ? sentences.flatMap((sentence) => sentence.match(/ \S+/g) ?? []) : sentences;
  const at = (index: number) => Math.floor((index * seconds * 100) / pieces.length) / 100;
  return pieces.map((text, index) => ({ text, timestamp: [at(index), at(index + 1)] }));
};
