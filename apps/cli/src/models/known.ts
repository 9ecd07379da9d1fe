/** All that is known of a model in one pipeline: pure data over the catalog and the evidence. */
import {
  type CatalogEntry,
  conflicts,
  emulator,
  goLivepeer,
  livepeerCloud,
  livepeerStudio,
  type PipelineName,
} from "@sluice/models";
import type { ModelsShow } from "../results/models.ts";
import { shellQuoted } from "../output/shellQuoted.ts";
import { plainRow } from "./plainRow.ts";
import type { Place } from "./find.ts";
import { type Row, rowsOf, type View } from "./rows.ts";

export interface Known {
  readonly row: Row;
  readonly entry: CatalogEntry | undefined;
  readonly gateways: ReadonlyArray<string>;
  readonly conflicts: ReadonlyArray<string>;
  readonly command: string | undefined;
  readonly plain: ModelsShow["pipelines"][number];
}

const builtin = [livepeerCloud, livepeerStudio, goLivepeer, emulator];

export const knownOf = (model: string, { pipeline, entry }: Place, view: Omit<View, "pipeline">): Known => {
  const row = rowsOf({ ...view, pipeline }).find((one) => one.model === model);
  if (row === undefined) throw new Error(`${model} has no row`);
  // The user's own stands beside those that everybody knows.
  const { name } = view.profile;
  const all = builtin.some((one) => one.name === name) ? builtin : [view.profile, ...builtin];
  const gateways = all.filter(({ pipelines }) => pipelines.includes(pipeline)).map((one) => one.name);
  const disagreements = conflicts()
    .filter((one) => one.pipeline === pipeline && one.models.includes(model))
    .map(({ sentence }) => sentence);
  const command = commandOf(pipeline, model);
  const says = <Says>({
    says,
    source,
    asOf,
  }: {
    readonly says: Says;
    readonly source: string;
    readonly asOf: string;
  }) => ({
    says,
    source,
    asOf,
  });
  return {
    ...{ row, entry, gateways, command },
    conflicts: disagreements,
    plain: {
      ...plainRow(row),
      default: entry?.default ?? false,
      spellingOf: entry?.spellingOf ?? null,
      note: entry?.note ?? null,
      licence: entry?.licence === undefined ? null : says(entry.licence),
      statements: (entry?.warmth ?? []).map(says),
      minVramGb: (entry?.minVramGb ?? []).map(says),
      presetOf: (entry?.presetOf ?? []).map(says),
      gateways: [...gateways],
      conflicts: [...disagreements],
      try: command ?? null,
    },
  };
};

const subjects: Readonly<Record<PipelineName, string | undefined>> = {
  "text-to-image": 'generate text-to-image "a red fox in snow"',
  "image-to-image": 'generate image-to-image photo.png "make it winter"',
  "image-to-video": "generate image-to-video photo.png",
  upscale: "generate upscale photo.png",
  "audio-to-text": "generate audio-to-text talk.mp3",
  "segment-anything-2": "generate segment-anything-2 photo.png",
  llm: 'chat "Hello"',
  "image-to-text": "generate image-to-text photo.png",
  "text-to-speech": 'generate text-to-speech "Hello"',
  "live-video-to-video": undefined,
};

/** With the model also where it is the default, because a default may change. */
const commandOf = (pipeline: PipelineName, model: string): string | undefined => {
  const subject = subjects[pipeline];
  return subject === undefined ? undefined : `sluice ${subject} --model ${shellQuoted(model)}`;
};
