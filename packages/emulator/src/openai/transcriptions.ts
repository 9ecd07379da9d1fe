/** `audio/transcriptions` as audio-to-text; answered as JSON, or as the text alone. */
import { type Door, inJson } from "./Door.ts";
import { modelOf } from "./modelOf.ts";

export const transcriptions: Door = {
  pipeline: "audio-to-text",
  sentAs: "form",
  ask: ({ model, file }) => ({ model_id: modelOf("audio-to-text", model), audio: file }),
  tell: ({ chunks, text }, { fields }) => {
    if (chunks === undefined || typeof text !== "string") return undefined;
    const words = text.trim();
    return fields["response_format"] === "text"
      ? { headers: { "Content-Type": "text/plain; charset=utf-8" }, body: `${words}\n` }
      : inJson({ text: words });
  },
};
