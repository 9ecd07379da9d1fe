import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";
import { call, mediaOutput } from "./delivery.ts";
import { type FieldsOf, model } from "./fields.ts";

const input = {
  text: Argument.String("text").pipe(
    Argument.withDescription("What to say, up to about 600 characters; - reads it from standard input"),
  ),
  model_id: model,
  description: Flag.String("voice").pipe(
    Flag.withDescription("The voice, in a sentence, such as: a calm woman speaks slowly"),
    Flag.optional,
  ),
} satisfies FieldsOf<"text-to-speech">;

const run = lazily(() => import("../../generate/media.ts"));

export const textToSpeech = Command.make("text-to-speech", { input, output: mediaOutput, ...call }, (given) =>
  run({ pipeline: "text-to-speech", ...given }),
).pipe(
  Command.withAlias("tts"),
  Command.withDescription("Speak a text"),
  Command.withExamples([
    { command: 'sluice generate text-to-speech "Hello from Livepeer" -o hello.wav' },
    { command: 'sluice gen tts - --voice "a calm woman speaks slowly" < letter.txt' },
  ]),
);
