/** The pipelines that answer with text: what is said, what an image shows. It goes to stdout, or to a file. */
import type { CallMeta } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { obstacleAt, placeFiles } from "../output/files.ts";
import { Output } from "../output/Output.ts";
import { nameOf, pathOf } from "./destination.ts";
import { fieldsOf, type Generation } from "./Generation.ts";
import { generate, type Kind, settingsOf } from "./generate.ts";
import { type Chunk, srt, vtt, whole } from "./subtitles.ts";
import { count } from "./summary.ts";
import { writeEach } from "./writeEach.ts";
import { notWritten, writeText } from "./writeText.ts";

type TextPipeline = "audio-to-text" | "image-to-text";
type Format = "text" | "json" | "srt" | "vtt";

interface TextGeneration extends Generation<TextPipeline> {
  readonly format: Format;
}

const extensions: Readonly<Record<Format, string>> = { text: ".txt", json: ".json", srt: ".srt", vtt: ".vtt" };

export const run = (generation: TextGeneration): Effect.Effect<void, Failed, Output> =>
  Effect.gen(function* () {
    const { format, input } = generation;
    const output = yield* Output;
    const settings = yield* settingsOf(generation);
    if ((format === "srt" || format === "vtt") && fieldsOf(input)["return_timestamps"] === "false") {
      return yield* failed("SLUICE-USAGE", {
        message: `--format ${format} needs times, and --timestamps none asks for none`,
        fix: "Leave --timestamps out, or write text.",
      });
    }
    const path = pathOf(generation.output, undefined);
    const kind: Kind<TextPipeline> = {
      obstacle: path === undefined ? undefined : obstacleAt(path),
      deliver: (result, _client, known) =>
        Effect.gen(function* () {
          const said = { text: result.text, ...("chunks" in result ? { chunks: result.chunks } : {}) };
          const { chunks = [] } = said;
          const isUntimed = (format === "srt" || format === "vtt") && chunks.length === 0 && said.text.trim() !== "";
          const written = formatted(format, said.text, isUntimed ? [whole(said.text, secondsOf(result.meta))] : chunks);
          const told = {
            what: said.chunks === undefined ? count(wordsIn(said.text), "word") : count(chunks.length, "part"),
            notes: isUntimed ? ["the gateway gave no times: all of it is one subtitle"] : [],
          };
          known.made({ details: said });
          if (path === undefined) return { ...told, print: () => output.product(written) };
          const place = { output: path, name: nameOf(generation), extension: extensions[format] };
          const failure = yield* writeEach({
            wanted: placeFiles(place, [""]),
            write: (file) => Effect.as(writeText(file, written), file),
            refused: notWritten,
            saved: (files) => known.made({ details: said, files: files.filter((file) => file !== undefined) }),
          });
          // It is paid for: what the disk does not take is not lost.
          if (failure !== undefined) return { ...told, print: () => output.product(written), failure };
          return { ...told, print: () => output.product(known.files.map((file) => `${file}\n`).join("")) };
        }),
    };
    yield* generate(generation, settings, kind);
  });

const formatted = (format: Format, text: string, chunks: ReadonlyArray<Chunk>): string => {
  if (format === "text") return `${text.trim()}\n`;
  if (format === "json") return `${JSON.stringify({ text: text.trim(), chunks }, undefined, 2)}\n`;
  return format === "srt" ? srt(chunks) : vtt(chunks);
};

/** Of the speech, as far as its price says. */
const secondsOf = ({ cost: { units, unit } }: CallMeta): number | undefined =>
  unit === "millisecond" && units !== "unknown" ? Number(units) / 1_000 : undefined;

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;
