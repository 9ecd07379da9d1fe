/** segment-anything-2: its masks as pictures with a list of their scores, or all its numbers as JSON. */
import type { ResultOf } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { basename, extname, join } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";
import { capped, isFolder, obstacleAt, partsOf, placeFiles } from "../output/files.ts";
import { Output } from "../output/Output.ts";
import type { Wanted } from "../output/reserve.ts";
import { nameOf, pathOf } from "./destination.ts";
import type { Generation } from "./Generation.ts";
import { generate, type Kind, settingsOf } from "./generate.ts";
import { maskPng } from "./greyPng.ts";
import { type Mask, readMasks } from "./readMasks.ts";
import { count } from "./summary.ts";
import { writeEach } from "./writeEach.ts";
import { notWritten, writeText } from "./writeText.ts";

type Segment = "segment-anything-2";

interface MaskGeneration extends Generation<Segment> {
  readonly format: "png" | "json";
}

export const run = (generation: MaskGeneration): Effect.Effect<void, Failed, Output> =>
  Effect.gen(function* () {
    const { format } = generation;
    const output = yield* Output;
    const settings = yield* settingsOf(generation);
    const toStdout = format === "json" && !output.json;
    const path = pathOf(generation.output, toStdout ? undefined : settings.output_folder.value);
    if (path === undefined && !toStdout) {
      const fix = "Give -o a folder, or take the numbers with --format json and without --json.";
      return yield* failed("SLUICE-USAGE", { message: "masks are several files, which stdout cannot take", fix });
    }
    if (path !== undefined && format === "png" && !isFolder(path) && extname(path).toLowerCase() === ".json") {
      return yield* failed("SLUICE-USAGE", {
        message: `-o ${path} names a JSON file, and masks are pictures`,
        fix: "Take the numbers with --format json, or give -o a folder or a .png file.",
      });
    }
    const kind: Kind<Segment> = {
      obstacle: path === undefined ? undefined : obstacleAt(path),
      deliver: (result, _client, known) =>
        Effect.gen(function* () {
          const { masks, more } = readMasks(result);
          const listed = (files: ReadonlyArray<string | undefined>) =>
            masks.map((mask, at) => listedAs(mask, files[at]));
          const numbers = `${JSON.stringify({ masks: result.masks, scores: result.scores, logits: result.logits })}\n`;
          const what = count(masks.length, "mask");
          known.made({ details: { masks: listed([]) } });
          if (path === undefined) return { what, more, print: () => output.product(numbers) };
          const name = nameOf(generation);
          const print = () => output.product(known.files.map((file) => `${file}\n`).join(""));
          if (format === "json") {
            const failure = yield* writeAll(
              placeFiles({ output: path, name, extension: ".json" }, ["masks"]),
              () => numbers,
              (paths) => known.made({ details: { masks: listed([]) }, files: present(paths) }),
            );
            // They are paid for: what the disk does not take is not lost.
            if (failure !== undefined) return { what, more, print: () => output.product(numbers), failure };
            return { what, more, print };
          }
          let files: ReadonlyArray<string | undefined> = [];
          const endings = masks.map((_, index) => `mask-${index + 1}`);
          const unsaved = yield* writeAll(
            placeFiles({ output: path, name, extension: ".png" }, endings),
            (index) => maskPng(masks[index]?.rows ?? []),
            (paths) => {
              files = paths;
              known.made({ details: { masks: listed(files) }, files: present(files) });
            },
          );
          const pictures = present(files);
          const unlisted = yield* writeAll(
            [listBeside(path, name)],
            () => listOf(listed(files), result),
            (paths) => known.made({ details: { masks: listed(files) }, files: [...pictures, ...present(paths)] }),
          );
          const failure = unsaved ?? unlisted;
          if (failure === undefined) return { what, more, print };
          const saved = pictures.length === masks.length ? what : `${pictures.length} of ${what}`;
          return { what: saved, more, print, failure };
        }),
    };
    yield* generate(generation, settings, kind);
  });

const writeAll = (
  wanted: ReadonlyArray<Wanted>,
  content: (index: number) => string | Uint8Array,
  saved: (paths: ReadonlyArray<string | undefined>) => void,
) =>
  writeEach({
    wanted,
    write: (path, index) => Effect.as(writeText(path, content(index)), path),
    refused: notWritten,
    saved,
  });

const present = (paths: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  paths.filter((path) => path !== undefined);

/** Nobody named the list: it replaces nothing. */
const listBeside = (path: string, name: string): Wanted => ({
  stem: isFolder(path) ? join(path, `${capped(name)}-masks`) : partsOf(path).stem,
  extension: ".json",
});

const listedAs = ({ score, width, height }: Mask, file: string | undefined) => ({
  ...(file === undefined ? {} : { file }),
  ...{ score, width, height },
});

const listOf = (masks: ReadonlyArray<ReturnType<typeof listedAs>>, { meta }: ResultOf<Segment>): string => {
  // Beside the pictures, so that the folder can be moved.
  const named = masks.map(({ file, ...mask }) => (file === undefined ? mask : { file: basename(file), ...mask }));
  return `${JSON.stringify({ model: meta.model, requestId: meta.requestId, masks: named }, undefined, 2)}\n`;
};
