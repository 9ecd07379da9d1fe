/**
 * What the network counts, one meter for each pipeline, as go-livepeer's `ai_process.go` does it. Steps, guidance and LoRA
 * count nowhere. Where the gateway and the orchestrator count differently, `units` is what the gateway pays before the
 * call, and `mostUnits` what the orchestrator takes off.
 */
import type { PipelineName, Unit } from "@sluice/models";
import { type Job, whole, wholeSeconds } from "./Job.ts";

export type Units = bigint | "unknown";

export interface Meter {
  readonly unit: Unit;
  /** Whose width and height count, where they do. */
  readonly size?: "request" | "input";
  readonly units: (job: Job) => Units;
  readonly mostUnits?: (job: Job) => bigint;
  /** How the units came about. */
  readonly why: (job: Job, units: bigint) => string;
  /** What is not known, where the units are not. */
  readonly missing: string;
}

const frames = 25n;
const defaultMaxTokens = 256;
const debitPerCharacter = 1000n;
/** 60 seconds of 1280 × 720 at 30 frames, and then each second, paid for five at a time. */
const liveUpFront = 1_658_880_000n;
const livePerSecond = 27_648_000n;
const liveStep = 5n;

/** `1,048,576`, in a tenth of the time that a locale takes: each quote has such a number. */
const grouped = (count: bigint): string => {
  const digits = count.toString();
  let text = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= 3) text = `${digits.slice(Math.max(0, end - 3), end)},${text}`;
  return text;
};

const imagesOf = ({ num_images_per_prompt: images = 1 }: Job["request"]): bigint =>
  // Gateways make one image where none or fewer are asked for.
  whole("num_images_per_prompt", Number.isSafeInteger(images) && images < 1 ? 1 : images);

const area = (width: number | undefined, height: number | undefined): Units =>
  width === undefined || height === undefined ? "unknown" : whole("width", width) * whole("height", height);

const inputArea = ({ facts }: Job): Units => (facts?.kind === "image" ? area(facts.width, facts.height) : "unknown");

const perImage = (pixels: Units, job: Job): Units => (pixels === "unknown" ? pixels : pixels * imagesOf(job.request));

const inputImage = {
  unit: "pixel",
  size: "input",
  missing: "The size of the input image is not known: give its `facts`, which readMedia of @sluice/models reads.",
} as const;

const inputSize = ({ facts }: Job): string =>
  facts?.kind === "image" ? `${facts.width ?? "?"} × ${facts.height ?? "?"}` : "?";

const seen: Meter = {
  ...inputImage,
  units: inputArea,
  why: (job, units) => `The input's ${inputSize(job)} = ${grouped(units)} pixels are billed.`,
};

/** Code points and their bytes in UTF-8; half a surrogate pair counts as the three bytes that stand for it. */
const lengths = (text: string): { readonly bytes: bigint; readonly characters: bigint } => {
  let [bytes, characters] = [0, 0];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    characters += 1;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return { bytes: BigInt(bytes), characters: BigInt(characters) };
};

export const meters: Readonly<Record<PipelineName, Meter>> = {
  "text-to-image": {
    unit: "pixel",
    size: "request",
    units: (job) => perImage(area(job.request.width, job.request.height), job),
    why: ({ request }, units) =>
      `${request.width ?? "?"} × ${request.height ?? "?"} × ${imagesOf(request)} = ${grouped(units)} pixels are billed; steps, guidance and LoRA are not.`,
    missing: "The request does not name its width and height, and gateways fill in different ones.",
  },
  "image-to-image": {
    ...inputImage,
    units: (job) => perImage(inputArea(job), job),
    why: (job, units) =>
      `The input's ${inputSize(job)} × ${imagesOf(job.request)} = ${grouped(units)} pixels are billed; steps, guidance and LoRA are not.`,
  },
  "image-to-video": {
    unit: "pixel",
    size: "request",
    units: ({ request: { width = 1024, height = 576 } }) => whole("width", width) * whole("height", height) * frames,
    why: ({ request: { width = 1024, height = 576 } }, units) =>
      `${width} × ${height} × ${frames} frames = ${grouped(units)} pixels are billed, whatever the fps.`,
    missing: "",
  },
  upscale: {
    ...inputImage,
    units: inputArea,
    why: (job, units) =>
      `The input's ${inputSize(job)} = ${grouped(units)} pixels are billed; the output has 16 times as many, which are not.`,
  },
  "segment-anything-2": seen,
  "image-to-text": seen,
  "audio-to-text": {
    unit: "millisecond",
    units: ({ facts }) => {
      if (facts?.kind !== "audio" || facts.seconds === undefined) return "unknown";
      const { seconds } = wholeSeconds("facts.seconds", facts.seconds);
      return seconds === 0n ? "unknown" : seconds * 1000n;
    },
    why: (_, units) => `${grouped(units / 1000n)} whole seconds × 1,000 are billed; the rest of a second is not.`,
    missing:
      "The length of the audio is below the second that gateways ask for, or not known: give its `facts`, which readMedia of @sluice/models reads.",
  },
  llm: {
    unit: "token",
    units: ({ request: { max_tokens: most = defaultMaxTokens } }) => whole("max_tokens", most),
    why: (_, units) =>
      `max_tokens is billed, ${grouped(units)} of them, however many come; those of the prompt are free.`,
    missing: "",
  },
  "text-to-speech": {
    unit: "character",
    units: ({ request: { text = "" } }) => (text === "" ? "unknown" : lengths(text).bytes),
    mostUnits: ({ request: { text = "" } }) => lengths(text).characters * debitPerCharacter,
    why: ({ request: { text = "" } }, units) =>
      `The gateway pays for ${grouped(units)} bytes of text in advance; an orchestrator takes off 1,000 for each of its ${grouped(lengths(text).characters)} characters, which is the range's upper end.`,
    missing: "There is no text to be spoken.",
  },
  "live-video-to-video": {
    unit: "pixel",
    units: ({ seconds: given }) => {
      if (given === undefined) return "unknown";
      const { seconds, cut } = wholeSeconds("seconds", given);
      const steps = (seconds + (cut ? 1n : 0n) + liveStep - 1n) / liveStep;
      return liveUpFront + steps * liveStep * livePerSecond;
    },
    why: ({ seconds = 0 }, units) =>
      `${grouped(liveUpFront)} pixels up front and ${grouped(livePerSecond)} a second, each ${liveStep} seconds begun: ${grouped(units)} for ${seconds} s.`,
    missing: "It is not said how many seconds the stream lasts.",
  },
};

/** The units of a job, and what they are. */
export interface Metered {
  readonly units: Units;
  readonly unit: Unit;
}

/** The meter of a job. Throws a `RangeError` when there is no such pipeline. */
export const meterOf = ({ pipeline }: Job): Meter => {
  if (!Object.hasOwn(meters, pipeline)) throw new RangeError(`pipeline ${pipeline} is not known`);
  return meters[pipeline];
};

/** What a job is billed by, without a price. Throws a `RangeError` that names a field which is not a possible number. */
export const units = (job: Job): Metered => {
  const meter = meterOf(job);
  return { units: meter.units(job), unit: meter.unit };
};
