/** What each pipeline gives its caller: the gateway's answer, with addresses made absolute and lists read. */
import type { AudioToTextOutput, LiveVideoToVideoOutput, LlmOutput, PipelineName } from "@sluice/models";
import type { CallMeta } from "../call/CallMeta.ts";

/** A file that a gateway made. */
export interface Media {
  /** Absolute. Gateways keep the file for a short time only. */
  readonly url: string;
  readonly seed?: number;
  /** Whether the gateway's check took it for offensive. */
  readonly nsfw?: boolean;
}

export interface Images {
  readonly images: ReadonlyArray<Media>;
}

/** Numbers in lists, as deep as the gateway nests them. */
export type Numbers = ReadonlyArray<number | Numbers>;

export interface Masks {
  readonly masks: Numbers;
  /** How sure the model is of each mask. */
  readonly scores: Numbers;
  readonly logits: Numbers;
}

export interface Chat {
  readonly text: string;
  /** `stop`, as a rule; the gateways know no other. */
  readonly finish_reason: string;
  readonly usage?: LlmOutput["usage"];
  readonly id?: string;
  readonly created?: number;
}

export interface Results extends Readonly<Record<PipelineName, object>> {
  readonly "text-to-image": Images;
  readonly "image-to-image": Images;
  readonly upscale: Images;
  readonly "image-to-video": { readonly videos: ReadonlyArray<Media> };
  readonly "audio-to-text": AudioToTextOutput;
  readonly "segment-anything-2": Masks;
  readonly llm: Chat;
  readonly "image-to-text": { readonly text: string };
  readonly "text-to-speech": { readonly audio: Media };
  readonly "live-video-to-video": LiveVideoToVideoOutput;
}

export type ResultOf<Name extends PipelineName> = Results[Name] & { readonly meta: CallMeta };
