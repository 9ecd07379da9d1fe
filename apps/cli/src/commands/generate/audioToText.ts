import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { lazily } from "../lazily.ts";
import { call, output } from "./delivery.ts";
import { type FieldsOf, model } from "./fields.ts";

const onTheWire = { sentence: "sentence", word: "word", none: "false" } as const;

const input = {
  audio: Argument.String("audio").pipe(
    Argument.withDescription("Speech: mp4, webm, mp3, flac, wav or m4a; - reads it from standard input"),
  ),
  model_id: model,
  return_timestamps: Flag.Literals("timestamps", ["sentence", "word", "none"]).pipe(
    Flag.withDescription("What gets a time (default sentence)"),
    Flag.optional,
    Flag.map(Option.map((given) => onTheWire[given])),
  ),
} satisfies FieldsOf<"audio-to-text">;

const format = Flag.Literals("format", ["text", "json", "srt", "vtt"]).pipe(
  Flag.withAlias("f"),
  Flag.withDescription("How to write it; srt and vtt are subtitles (default text)"),
  Flag.withDefault("text"),
);

const run = lazily(() => import("../../generate/text.ts"));

export const audioToText = Command.make(
  "audio-to-text",
  { input, format, output: output("A file or a folder (default: stdout)"), ...call },
  (given) => run({ pipeline: "audio-to-text", ...given }),
).pipe(
  Command.withAlias("a2t"),
  Command.withDescription("Write down what is said; billed by the second"),
  Command.withExamples([
    { command: "sluice generate audio-to-text talk.mp3" },
    { command: "sluice gen a2t talk.mp3 --format srt -o talk.srt", description: "Subtitles" },
  ]),
);
