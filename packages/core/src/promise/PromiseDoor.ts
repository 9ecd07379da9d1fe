/** The pipelines as methods that give promises, whatever carries their requests: Node's sockets or a browser's `fetch`. */
import type { Evidence, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import type { ChatStream } from "../chat/ChatStream.ts";
import type { CallInput, EstimateInput } from "../pipelines/CallInput.ts";
import type { Media } from "../pipelines/Results.ts";
import { call, callIn } from "./call.ts";
import type { CallOptions, VideoOptions } from "./CallOptions.ts";
import { callVideo } from "../pipelines/callVideo.ts";
import { chat, type ChatInput, type Streamed, type Whole } from "./chat.ts";
import { close, type Gateway } from "./Gateway.ts";
import type { Pending } from "./Pending.ts";
import { estimate, learn } from "./planning.ts";
import { type MediaFile, type PromiseResultOf, type RemoteFile, type WithFiles, withFiles } from "./PromiseResults.ts";

/** Each method rejects with a `GatewayError`. */
export class PromiseDoor<File extends RemoteFile> implements AsyncDisposable {
  readonly #gateway: Gateway;
  readonly #finish: <Result extends object>(result: Result) => WithFiles<Result, File>;

  /** `fileOf` makes a result's file from what the gateway said of it. */
  protected constructor(gateway: Gateway, fileOf: (gateway: Gateway, media: Media) => File) {
    this.#gateway = gateway;
    const own = (media: Media) => fileOf(gateway, media);
    this.#finish = (result) => withFiles(result, own);
  }

  /** The gateway, or the first of several: the profile's name, or the base URL of one without. */
  get gateway(): string {
    return this.#gateway.name;
  }

  /** Images from a prompt. */
  textToImage(input: CallInput<"text-to-image">, options?: CallOptions): Result<"text-to-image", File> {
    return this.run("text-to-image", input, options);
  }

  /** Images from an image and a prompt. */
  imageToImage(input: CallInput<"image-to-image">, options?: CallOptions): Result<"image-to-image", File> {
    return this.run("image-to-image", input, options);
  }

  /** A video from its first frame. */
  imageToVideo(input: CallInput<"image-to-video">, options: VideoOptions = {}): Result<"image-to-video", File> {
    return callIn(
      this.#gateway,
      "image-to-video",
      (engine) => callVideo(engine, input, options),
      this.#finish,
      options,
    );
  }

  /** An image of four times the width and the height. */
  upscale(input: CallInput<"upscale">, options?: CallOptions): Result<"upscale", File> {
    return this.run("upscale", input, options);
  }

  /** What is said, and when. */
  audioToText(input: CallInput<"audio-to-text">, options?: CallOptions): Result<"audio-to-text", File> {
    return this.run("audio-to-text", input, options);
  }

  /** Masks of the things in an image. */
  segmentAnything2(input: CallInput<"segment-anything-2">, options?: CallOptions): Result<"segment-anything-2", File> {
    return this.run("segment-anything-2", input, options);
  }

  /** What an image shows, in words. */
  imageToText(input: CallInput<"image-to-text">, options?: CallOptions): Result<"image-to-text", File> {
    return this.run("image-to-text", input, options);
  }

  /** Speech from a text. */
  textToSpeech(input: CallInput<"text-to-speech">, options?: CallOptions): Result<"text-to-speech", File> {
    return this.run("text-to-speech", input, options);
  }

  /** A stream that is changed while it flows; gateways of the network do not offer it. */
  liveVideoToVideo(
    input: CallInput<"live-video-to-video">,
    options?: CallOptions,
  ): Result<"live-video-to-video", File> {
    return this.run("live-video-to-video", input, options);
  }

  /** The next turn of a conversation: with `stream`, read as it comes and retried only before its first token. */
  chat(input: Streamed, options?: CallOptions): ChatStream;
  chat(input: Whole, options?: CallOptions): Result<"llm", File>;
  chat(input: ChatInput, options?: CallOptions): ChatStream | Result<"llm", File>;
  chat(input: ChatInput, options?: CallOptions): ChatStream | Result<"llm", File> {
    return chat(this.#gateway, input, options);
  }

  /** Any pipeline by its name. */
  run<Name extends PipelineName>(
    pipeline: Name,
    input: CallInput<Name>,
    options: CallOptions = {},
  ): Result<Name, File> {
    return call(this.#gateway, pipeline, input, options, this.#finish);
  }

  /**
   * What a call would cost now, before it is sent: exact, and what its result's `meta.cost` will say, of the route that
   * would be asked first. Of a pipeline that takes a file, from the file as bytes or a Blob (not of `toFile`, which only a
   * call opens) and its `facts`, which `readMedia(pipeline, input)` of @sluice/models finds. It is synchronous, and throws
   * the `GatewayError` that the call would fail with before it is sent.
   */
  estimate<Name extends PipelineName>(pipeline: Name, input: EstimateInput<Name>, facts?: MediaFacts): Cost {
    return estimate(this.#gateway, pipeline, input, facts);
  }

  /** Tells the client how warm models are, as `readNetworkCapabilities` and others of @sluice/models find it out. */
  learn(evidence: ReadonlyArray<Evidence>): void {
    learn(this.#gateway, evidence);
  }

  /**
   * Aborts the calls that are under way, waits until they have cleaned up, and closes the sockets. Calls from now on are
   * refused, with `InvalidConfiguration`. An idle client does not keep the process alive.
   */
  close(): Promise<void> {
    return close(this.#gateway);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return close(this.#gateway);
  }
}

export type Result<Name extends PipelineName, File extends RemoteFile = MediaFile> = Pending<
  PromiseResultOf<Name, File>
>;
