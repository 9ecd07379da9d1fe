/** OpenAI's routes by their paths below `/v1`. */
import type { Door } from "./Door.ts";
import { chatCompletions } from "./chatCompletions.ts";
import { imageEdits, imageGenerations } from "./images.ts";
import { speech } from "./speech.ts";
import { transcriptions } from "./transcriptions.ts";

export const doors: ReadonlyMap<string, Door> = new Map([
  ["images/generations", imageGenerations],
  ["images/edits", imageEdits],
  ["chat/completions", chatCompletions],
  ["audio/transcriptions", transcriptions],
  ["audio/speech", speech],
]);
