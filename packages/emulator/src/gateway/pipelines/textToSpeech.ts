/** text-to-speech: a tone for as long as the text would take, metered by the bytes of the text. */
import { goError, metered, runnerError } from "../../Reply.ts";
import { jsonBatch } from "../Batch.ts";
import type { GoStruct } from "../goStruct.ts";
import { makeTone } from "../media/tone.ts";
import { submit } from "../Orchestra.ts";

const textToSpeechParams = {
  name: "TextToSpeechParams",
  fields: { description: "string", model_id: "string", text: "string" },
} as const satisfies GoStruct;

const secondsPerCharacter = 0.06;
const longest = 60;

export const textToSpeech = jsonBatch(textToSpeechParams, (orchestra, { model_id, text }) => {
  if (text === undefined || text === null) {
    return submit(orchestra, "text-to-speech", model_id, goError(400, "text field is required"));
  }
  return submit(orchestra, "text-to-speech", model_id, () => {
    if (text === "") return runnerError("Text input must be provided.");
    const seconds = Math.min(longest, Math.max(0.5, text.length * secondsPerCharacter));
    const [url] = orchestra.files.keep([{ extension: "wav", make: () => makeTone(seconds) }]);
    return metered(Buffer.byteLength(text), { audio: { url } });
  });
});
