/** A successful answer as its pipeline's result, or why it is none. */
import { type Answer, isEventStream, jsonOf, MalformedResponse, type Subject } from "@sluice/errors";
import { fieldErrors, type OutputOf, type PipelineName, pipelines } from "@sluice/models";
import { chatIn } from "../chat/ChatSum.ts";
import { mediaUrl } from "../media/mediaUrl.ts";
import type { Media, Numbers, Results } from "./Results.ts";

/** Says why an answer is not what it should be: a clause. */
class NotAResult {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

export const readAnswer = <Name extends PipelineName>(
  name: Name,
  baseUrl: string,
  subject: Subject,
  answer: Answer,
): Results[Name] | MalformedResponse => {
  // Asked to stream, and collected.
  if (name === "llm" && isEventStream(answer.headers)) return chatIn(answer) as Results[Name];
  const { status } = answer;
  const malformed = (reason: string) => new MalformedResponse({ ...subject, status, reason });
  const parsed = pipelines[name].output.safeParse(jsonOf(answer));
  if (!parsed.success) {
    const [first] = fieldErrors(parsed.error);
    return malformed(`its body is not a ${name} answer (${first?.path ?? ""}: ${first?.message ?? ""})`);
  }
  const read = readers[name](parsed.data as OutputOf<Name>, baseUrl);
  return read instanceof NotAResult ? malformed(read.reason) : read;
};

type Readers = {
  readonly [Name in PipelineName]: (output: OutputOf<Name>, baseUrl: string) => Results[Name] | NotAResult;
};

const mediaOf = (baseUrl: string, { url, seed, nsfw }: Media): Media | undefined => {
  const absolute = mediaUrl(baseUrl, url);
  if (absolute === undefined) return undefined;
  return { url: absolute, ...(seed === undefined ? {} : { seed }), ...(nsfw === undefined ? {} : { nsfw }) };
};

const allMediaOf = (
  baseUrl: string,
  kind: string,
  items: OutputOf<"text-to-image">["images"],
): ReadonlyArray<Media> | NotAResult => {
  const resolved = items.map((item) => mediaOf(baseUrl, item as Media));
  return resolved.every((item) => item !== undefined) ? resolved : new NotAResult(`${kind} has no usable URL`);
};

const pictures = ({ images }: OutputOf<"text-to-image">, baseUrl: string) => {
  const read = allMediaOf(baseUrl, "an image", images);
  return read instanceof NotAResult ? read : { images: read };
};

const readers: Readers = {
  "text-to-image": pictures,
  "image-to-image": pictures,
  upscale: pictures,
  "image-to-video": ({ images }, baseUrl) => {
    const read = allMediaOf(baseUrl, "a video", images);
    return read instanceof NotAResult ? read : { videos: read };
  },
  "audio-to-text": (output) => output,
  "segment-anything-2": ({ masks, scores, logits }) => {
    const lists = { masks: numbersOf(masks), scores: numbersOf(scores), logits: numbersOf(logits) };
    const broken = Object.entries(lists).find(([, list]) => list === undefined);
    return broken === undefined
      ? (lists as Results["segment-anything-2"])
      : new NotAResult(`${broken[0]} is no list of numbers`);
  },
  llm: ({ choices, usage, id, created }) => {
    const [choice] = choices;
    if (choice?.message === undefined) return new NotAResult("it holds no message");
    return { text: choice.message.content, finish_reason: choice.finish_reason ?? "", usage, id, created };
  },
  "image-to-text": ({ text }) => ({ text }),
  "text-to-speech": ({ audio }, baseUrl) => {
    const media = mediaOf(baseUrl, audio);
    return media === undefined ? new NotAResult("the audio has no usable URL") : { audio: media };
  },
  "live-video-to-video": (output) => output,
};

/** A list in a string, as Python prints it. */
const numbersOf = (text: string): Numbers | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isNumbers(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isNumbers = (value: unknown): value is Numbers =>
  Array.isArray(value) && value.every((item) => typeof item === "number" || isNumbers(item));
