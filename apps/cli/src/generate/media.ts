/** The pipelines that answer with files: images, videos, speech. */
import type { GatewayClientShape, Media, ResultOf } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { obstacleAt } from "../output/files.ts";
import { Output } from "../output/Output.ts";
import { nameOf, pathOf, refuseBytes } from "./destination.ts";
import { fieldsOf, type Generation } from "./Generation.ts";
import { generate, type Kind, settingsOf } from "./generate.ts";
import type { Known, Made } from "./Known.ts";
import { saveAll } from "./saveAll.ts";
import { showImages } from "./showImages.ts";
import { count } from "./summary.ts";

type MediaPipeline = "text-to-image" | "image-to-image" | "upscale" | "image-to-video" | "text-to-speech";

/** What an answer holds, and what its files are unless they say otherwise. */
const nouns = {
  "text-to-image": { noun: "image", extension: ".png" },
  "image-to-image": { noun: "image", extension: ".png" },
  upscale: { noun: "image", extension: ".png" },
  "image-to-video": { noun: "video", extension: ".mp4" },
  "text-to-speech": { noun: "speech", extension: ".wav" },
} as const;

type Noun = (typeof nouns)[MediaPipeline]["noun"];

export const run = (generation: Generation<MediaPipeline>) =>
  Effect.flatMap(settingsOf(generation), (settings) => runWith(generation, settings));

export const runWith = (
  generation: Generation<MediaPipeline>,
  settings: Effect.Success<ReturnType<typeof settingsOf>>,
): Effect.Effect<void, Failed, Output> =>
  Effect.gen(function* () {
    const output = yield* Output;
    const path = pathOf(generation.output, settings.output_folder.value);
    if (path === undefined && !generation.dryRun) {
      const refusal = refuseBytes(output) ?? refuseSeveral(generation);
      if (refusal !== undefined) return yield* refusal;
    }
    const kind: Kind<MediaPipeline> = {
      obstacle: path === undefined ? undefined : obstacleAt(path),
      deliver: (result, client, known) =>
        path === undefined
          ? toStdout(generation.pipeline, result, client, output, known)
          : Effect.gen(function* () {
              const { noun, extension } = nouns[generation.pipeline];
              const media = mediaOf(result);
              const place = { output: path, name: nameOf(generation), extension };
              known.made(madeOf(noun, media));
              const failure = yield* saveAll(media, place, client, (paths) => known.made(madeOf(noun, media, paths)));
              const { files } = known;
              return {
                ...told(noun, media, files.length),
                print: () => {
                  if (noun === "image") showImages(files, settings.preview.value, output);
                  output.product(files.map((file) => `${file}\n`).join(""));
                },
                ...(failure === undefined ? {} : { failure }),
              };
            }),
    };
    yield* generate(generation, settings, kind);
  });

const refuseSeveral = ({ input }: Generation): Failed | undefined =>
  Number(fieldsOf(input)["num_images_per_prompt"] ?? 1) > 1
    ? failed("SLUICE-USAGE", {
        message: "`-o -` writes one image, and --count asks for several",
        fix: "Give -o a folder, or ask for one.",
      })
    : undefined;

type MediaResult = ResultOf<MediaPipeline>;

const mediaOf = (result: MediaResult): ReadonlyArray<Media> => {
  if ("images" in result) return result.images;
  return "videos" in result ? result.videos : [result.audio];
};

const toStdout = (
  pipeline: MediaPipeline,
  result: MediaResult,
  client: GatewayClientShape,
  output: Output["Service"],
  known: Known,
) => {
  const media = mediaOf(result);
  const { noun } = nouns[pipeline];
  const [first] = media;
  const bytes = first === undefined ? Effect.succeed(new Uint8Array()) : client.download(first);
  known.made(madeOf(noun, media));
  return Effect.map(bytes, (all) => ({ ...told(noun, media, media.length), print: () => output.product(all) }));
};

const told = (noun: Noun, media: ReadonlyArray<Media>, saved: number) => {
  const seeds = media.flatMap(({ seed }) => (seed === undefined ? [] : [seed]));
  const judged = media.some(({ nsfw }) => nsfw !== undefined);
  const flagged = media.flatMap(({ nsfw }, index) => (nsfw === true ? [index + 1] : []));
  const which = media.length === 1 ? `the ${noun}` : `${noun} ${flagged.join(" and ")}`;
  return {
    what: whatOf(noun, media.length, saved),
    more: [
      ...(seeds.length === 0 ? [] : [`seed${seeds.length === 1 ? "" : "s"} ${seeds.join(" ")}`]),
      ...(judged ? [`nsfw ${flagged.length === 0 ? "no" : "yes"}`] : []),
    ].join("  "),
    notes: flagged.length === 0 ? [] : [`${which} may offend, by the gateway's own check (nsfw)`],
  };
};

const whatOf = (noun: Noun, number: number, saved: number): string => {
  const all = noun === "speech" ? noun : count(number, noun);
  return saved === number ? all : `${saved} of ${noun === "speech" ? "1 " : ""}${all}`;
};

/** What is not saved has no file, and can be had at its address for a short time. */
const madeOf = (noun: Noun, media: ReadonlyArray<Media>, paths: ReadonlyArray<string | undefined> = []): Made => {
  const items = media.map(({ url, seed, nsfw }, index) => ({
    ...(paths[index] === undefined ? {} : { file: paths[index] }),
    ...{ url, seed, nsfw },
  }));
  return {
    details: noun === "speech" ? { audio: items[0] } : { [`${noun}s`]: items },
    files: paths.filter((path) => path !== undefined),
    urls: media.flatMap(({ url }, index) => (paths[index] === undefined ? [url] : [])),
  };
};
