/** `audio/speech` as text-to-speech; its answer is the sound, a WAV whatever was asked for. */
import type { Door } from "./Door.ts";
import { modelOf } from "./modelOf.ts";

export const speech: Door = {
  pipeline: "text-to-speech",
  sentAs: "json",
  ask: ({ model, input, voice, instructions }) => ({
    model_id: modelOf("text-to-speech", model),
    text: input,
    description: instructions ?? voice,
  }),
  tell: ({ audio }, { made: [file] }) =>
    audio === undefined || file === undefined
      ? undefined
      : { headers: { "Content-Type": "audio/wav" }, body: file.make() },
};
