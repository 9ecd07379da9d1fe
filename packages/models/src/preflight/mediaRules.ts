/** Rules about the file that a request carries: whether the gateway can read it, and whether it is too large or too short. */
import type { AudioFacts, ImageFacts } from "../media/MediaFacts.ts";
import type { Plan, Rule } from "./Rule.ts";

const imagePipelines = [
  "image-to-image",
  "image-to-video",
  "upscale",
  "segment-anything-2",
  "image-to-text",
] as const satisfies Rule["pipelines"];

/** The decoders that go-livepeer links; Studio has it behind. */
const imageFormats: ReadonlySet<string> = new Set(["png", "jpeg", "gif"]);
const audioFormats: ReadonlySet<string> = new Set(["mp4", "webm", "mp3", "flac", "wav"]);

/** The runner's limit. In bytes. */
const longestFile = 52_428_800;

const imageOf = ({ facts }: Plan): ImageFacts | undefined => (facts?.kind === "image" ? facts : undefined);
const audioOf = ({ facts }: Plan): AudioFacts | undefined => (facts?.kind === "audio" ? facts : undefined);

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

const imageFormat: Rule = {
  name: "image-format",
  severity: "refuse",
  pipelines: imagePipelines,
  why: "A gateway decodes PNG, JPEG and GIF alone; anything else ends as if no model were there.",
  check: (plan) => {
    const image = imageOf(plan);
    if (image === undefined || imageFormats.has(image.format ?? "")) return undefined;
    return {
      path: "image",
      message: `is ${image.format ?? "no image that can be read"}, and gateways decode PNG, JPEG and GIF alone`,
      fix: "Convert the image to PNG or JPEG.",
    };
  },
};

const imageHeader: Rule = {
  name: "image-header",
  severity: "refuse",
  pipelines: imagePipelines,
  why: "An image without a width and a height cannot be decoded; it ends as if no model were there.",
  check: (plan) => {
    const { format = "", width = 0, height = 0 } = imageOf(plan) ?? { width: 1, height: 1 };
    if (!imageFormats.has(format) || (width > 0 && height > 0)) return undefined;
    return { path: "image", message: "has no size in its header", fix: "Save the image again; the file is damaged." };
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
    const { format = "", seconds = 0 } = audioOf(plan) ?? { seconds: 1 };
    if (!audioFormats.has(format) || seconds >= 1) return undefined;
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
  imageFormat,
  imageHeader,
  audioFormat,
  audioLength,
  fileSize,
  uploadSize,
];
