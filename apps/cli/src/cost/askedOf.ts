/** What is to be priced, as flags and files say it, as a job that can be priced; with the mistakes that a call would be refused for. */
import type { FieldError } from "@sluice/errors";
import {
  type BilledField,
  type BilledInput,
  billedRequest,
  bounds,
  type GatewayTraits,
  type PipelineName,
  usual,
} from "@sluice/models/facts";
import type { Job } from "@sluice/pricing";

export interface Asked {
  readonly pipeline: PipelineName;
  readonly model?: string | undefined;
  /** Of the output; of the input, where that is what is billed. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly count?: number | undefined;
  readonly maxTokens?: number | undefined;
  /** Of the audio or the stream. */
  readonly seconds?: number | undefined;
  readonly text?: string | undefined;
}

export type Priceable =
  { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** Those that are billed by the image that goes in. */
export const billedByImage: ReadonlySet<PipelineName> = new Set([
  "image-to-image",
  "upscale",
  "segment-anything-2",
  "image-to-text",
]);

/** What each is called on the command line. */
const flags = {
  width: "--width",
  height: "--height",
  num_images_per_prompt: "--count",
  max_tokens: "--max-tokens",
} as const satisfies Readonly<Record<BilledField, string>>;

/** The same defaults and the same bounds as those of a call. */
export const jobOf = (asked: Asked, gateway: Pick<GatewayTraits, "defaultModels" | "unknownFields">): Priceable => {
  const { pipeline, model, width, height, count, maxTokens, seconds, text } = asked;
  const ofInput = billedByImage.has(pipeline);
  const numbers: Readonly<Partial<Record<BilledField, number>>> = {
    ...(width === undefined || ofInput ? {} : { width }),
    ...(height === undefined || ofInput ? {} : { height }),
    ...(count === undefined ? {} : { num_images_per_prompt: count }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  };
  const fields = [
    ...(Object.keys(numbers) as ReadonlyArray<BilledField>).flatMap((field) =>
      mistakesIn(pipeline, field, numbers[field] ?? 0, gateway.unknownFields[pipeline] ?? []),
    ),
    ...(ofInput ? [...mistakeOfInput("width", width), ...mistakeOfInput("height", height)] : []),
    ...(seconds === undefined ? [] : mistakesInSeconds(pipeline, seconds)),
    ...(text === undefined || pipeline === "text-to-speech" ? [] : [foreign("text", "--text", pipeline)]),
  ];
  if (fields.length > 0) return { ok: false, fields };
  const given: BilledInput = { ...numbers, model, text };
  const isImage = ofInput && width !== undefined && height !== undefined;
  const isAudio = pipeline === "audio-to-text" && seconds !== undefined;
  return {
    ok: true,
    job: {
      pipeline,
      request: billedRequest(pipeline, given, gateway),
      ...(isImage ? { facts: { kind: "image", bytes: 0, width, height } as const } : {}),
      ...(isAudio ? { facts: { kind: "audio", bytes: 0, seconds } as const } : {}),
      ...(pipeline === "live-video-to-video" ? { seconds } : {}),
    },
  };
};

const longestText = 1_000_000;

/** A text may be given by its length alone; in it, a character is a byte. A sentence, or `undefined`. */
export const mistakeInText = (text: string | undefined, characters: number | undefined): string | undefined => {
  if (characters === undefined) return undefined;
  if (text !== undefined) return "text and characters say the same thing twice";
  const isPossible = Number.isInteger(characters) && characters >= 1 && characters <= longestText;
  return isPossible ? undefined : `characters must be a whole number from 1 to ${longestText}`;
};

const mistakesIn = (
  pipeline: PipelineName,
  field: BilledField,
  value: number,
  refused: ReadonlyArray<string>,
): ReadonlyArray<FieldError> => {
  if (!Object.hasOwn(usual[pipeline], field)) return [foreign(field, flags[field], pipeline)];
  if (refused.includes(field)) {
    return [{ path: field, message: "is unknown to this gateway", fix: "Leave it out, or choose another gateway." }];
  }
  const { least, most, step } = bounds[field];
  if (Number.isInteger(value) && value >= least && value <= most && value % step === 0) return [];
  const kind = step === 1 ? "a whole number" : `a multiple of ${step}`;
  const message = `must be ${kind} from ${least} to ${most}`;
  return [{ path: field, message, sent: String(value), fix: `Give ${flags[field]} such a number.` }];
};

const foreign = (path: string, flag: string, pipeline: PipelineName): FieldError => ({
  path,
  message: `says nothing about the price of ${pipeline}`,
  fix: `Leave ${flag} out.`,
});

/** An image that goes in may have any size. */
const mistakeOfInput = (path: "width" | "height", value: number | undefined): ReadonlyArray<FieldError> =>
  value === undefined || (Number.isSafeInteger(value) && value > 0)
    ? []
    : [{ path, message: "must be a whole number of pixels", sent: String(value), fix: "Give the input's size." }];

const mistakesInSeconds = (pipeline: PipelineName, value: number): ReadonlyArray<FieldError> => {
  if (pipeline !== "audio-to-text" && pipeline !== "live-video-to-video") {
    return [foreign("seconds", "--seconds", pipeline)];
  }
  const isPossible = Number.isSafeInteger(Math.ceil(value)) && value > 0;
  if (isPossible) return [];
  return [{ path: "seconds", message: "must be above 0", sent: String(value), fix: "Give the length in seconds." }];
};
