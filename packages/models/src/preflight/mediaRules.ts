/**
 * Rules about the file that a request carries: whether anyone looked at it, whether the gateway can read it, and whether it
 * is too large or too short.
 */
import type { Dialect } from "@sluice/errors";
import type { AudioFacts, ImageFacts } from "../media/MediaFacts.ts";
import { isUpload } from "../media/Upload.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import type { Plan, Rule } from "./Rule.ts";

const imagePipelines = [
  "image-to-image",
  "image-to-video",
  "upscale",
  "segment-anything-2",
  "image-to-text",
] as const satisfies Rule["pipelines"];

/** The decoders that go-livepeer links; Studio has it behind. A runner has Pillow's, and others may have any. */
const goFormats: ReadonlySet<string> = new Set(["png", "jpeg", "gif"]);

/** The image formats that are decoded; `undefined` where that is not known. */
const formats = (dialect: Dialect): ReadonlySet<string> | undefined =>
  dialect === "go-livepeer" || dialect === "studio" ? goFormats : undefined;

const audioFormats: ReadonlySet<string> = new Set(["mp4", "webm", "mp3", "flac", "wav"]);

/** The runner's limit. In bytes. */
const longestFile = 52_428_800;

const imageOf = ({ facts }: Plan): ImageFacts | undefined => (facts?.kind === "image" ? facts : undefined);
const audioOf = ({ facts }: Plan): AudioFacts | undefined => (facts?.kind === "audio" ? facts : undefined);

/** An image in a format that the gateway has a decoder for, as far as is known. */
const decodable = (plan: Plan): ImageFacts | undefined => {
  const image = imageOf(plan);
  if (image?.format === undefined) return undefined;
  return formats(plan.profile.dialect)?.has(image.format) === false ? undefined : image;
};

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

const fileUnread: Rule = {
  name: "file-unread",
  severity: "warn",
  pipelines: [...imagePipelines, "audio-to-text"],
  why: "What the gateway cannot read, or takes for too large or too short, would be sent all the same.",
  check: ({ pipeline, request, facts }) => {
    const taken = pipelines[pipeline];
    if (facts !== undefined || !("fileField" in taken) || !isUpload(request[taken.fileField])) return undefined;
    return { path: taken.fileField, message: "was not looked at", fix: "Pass the facts that readMedia reads." };
  },
};

const imageFormat: Rule = {
  name: "image-format",
  severity: "refuse",
  pipelines: imagePipelines,
  why: "A gateway of go-livepeer's, Studio's too, decodes PNG, JPEG and GIF alone; anything else ends as if no model were there.",
  check: (plan) => {
    const image = imageOf(plan);
    if (image === undefined || decodable(plan) !== undefined) return undefined;
    const { format = "no image that can be read" } = image;
    const taken = formats(plan.profile.dialect) === undefined ? "" : ", and gateways decode PNG, JPEG and GIF alone";
    return { path: "image", message: `is ${format}${taken}`, fix: "Convert the image to PNG or JPEG." };
  },
};

const imageHeader: Rule = {
  name: "image-header",
  severity: "refuse",
  pipelines: imagePipelines,
  why: "An image of no width or no height cannot be decoded; it ends as if no model were there.",
  check: (plan) => {
    const { width = 1, height = 1 } = decodable(plan) ?? {};
    if (width > 0 && height > 0) return undefined;
    return {
      path: "image",
      message: `has ${width} × ${height} pixels by its header`,
      fix: "Save the image again; the file is damaged.",
    };
  },
};

const imageSizeUnknown: Rule = {
  name: "image-size-unknown",
  severity: "refuse",
  pipelines: imagePipelines,
  why: "An image without a size in its header is cut short or damaged; it ends as if no model were there.",
  check: (plan) => {
    const image = decodable(plan);
    if (image === undefined || (image.width !== undefined && image.height !== undefined)) return undefined;
    return {
      path: "image",
      message: "has a header in which no size was found",
      fix: "See that the file is whole, or save the image again.",
    };
  },
};

const audioFormat: Rule = {
  name: "audio-format",
  severity: "refuse",
  pipelines: ["audio-to-text"],
  why: "The gateway must find out how long the audio plays; where it cannot, it answers 400.",
  check: (plan) => {
    const audio = audioOf(plan);
    if (audio === undefined || audioFormats.has(audio.format ?? "")) return undefined;
    return {
      path: "audio",
      message: `is ${audio.format ?? "no audio that can be read"}; gateways take mp4, webm, mp3, flac, wav and m4a`,
      fix: "Convert the audio to MP3, FLAC or WAV.",
    };
  },
};

const audioLength: Rule = {
  name: "audio-length",
  severity: "refuse",
  pipelines: ["audio-to-text"],
  why: "Audio shorter than a second, or of a length that nobody can tell, is answered with 400.",
  check: (plan) => {
    const { format = "", seconds = 0, bytes = 0 } = audioOf(plan) ?? { seconds: 1 };
    // Of what is too large anyway, nobody has looked for the length.
    if (!audioFormats.has(format) || seconds >= 1 || bytes > longestFile) return undefined;
    return {
      path: "audio",
      message: seconds === 0 ? "does not say how long it plays" : `plays for ${seconds} s, less than a second`,
      fix: seconds === 0 ? "Save the audio again, as MP3, FLAC or WAV." : "Send at least a second; silence will do.",
    };
  },
};

const fileSize: Rule = {
  name: "file-size",
  severity: "refuse",
  pipelines: ["audio-to-text", "image-to-text"],
  why: "The runner refuses files over 50 MiB with a 413, which the gateway turns into `200 null`.",
  check: ({ facts }) => {
    if (facts === undefined || facts.bytes <= longestFile) return undefined;
    return {
      path: facts.kind,
      message: `has ${mebibytes(facts.bytes)} (${facts.bytes} bytes), and runners take ${mebibytes(longestFile)} at most`,
      fix: facts.kind === "audio" ? "Split the audio, or compress it." : "Make the image smaller.",
    };
  },
};

const uploadSize: Rule = {
  name: "upload-size",
  severity: "refuse",
  why: "Studio refuses files over 10 MiB with 422, without saying which or how large.",
  check: ({ facts, profile: { name, uploadLimitBytes: limit } }) => {
    if (facts === undefined || limit === undefined || facts.bytes <= limit) return undefined;
    return {
      path: facts.kind,
      message: `has ${facts.bytes} bytes, and ${name} takes ${limit} at most`,
      fix: "Compress the file, or send it to a gateway of your own.",
    };
  },
};

export const mediaRules: ReadonlyArray<Rule> = [
  fileUnread,
  imageFormat,
  imageHeader,
  imageSizeUnknown,
  audioFormat,
  audioLength,
  fileSize,
  uploadSize,
];
