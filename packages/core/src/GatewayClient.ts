/** The client as an Effect service: its pipelines as methods, failures typed. */
import { type GatewayError, InvalidConfiguration, isGatewayError } from "@sluice/errors";
import type { Evidence, GatewayProfile, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type * as Stream from "effect/Stream";
import { chatStream, chatTo } from "./chat/callChat.ts";
import type { ChatPiece } from "./chat/ChatReader.ts";
import type { TellPiece } from "./chat/PieceTeller.ts";
import { type Engine, makeEngine } from "./Engine.ts";
import type { Download } from "./media/Download.ts";
import { downloadOf } from "./media/downloadOf.ts";
import { mediaBytes } from "./media/mediaBytes.ts";
import { saveMedia } from "./media/saveMedia.ts";
import type { CallInput, EstimateInput } from "./pipelines/CallInput.ts";
import { callPipeline } from "./pipelines/callPipeline.ts";
import { callVideo, type VideoOptions } from "./pipelines/callVideo.ts";
import { estimate } from "./pipelines/estimate.ts";
import type { CallOptions } from "./pipelines/readyCall.ts";
import type { ResultOf } from "./pipelines/Results.ts";
import { nodeMachine } from "./nodeMachine.ts";
import type { GatewayClientSettings } from "./settings/Settings.ts";
import { Transport } from "./transport/Transport.ts";
import * as Undici from "./transport/undici.ts";

type Call<Name extends PipelineName> = (
  input: CallInput<Name>,
  options?: CallOptions,
) => Effect.Effect<ResultOf<Name>, GatewayError>;

export interface GatewayClientShape {
  readonly textToImage: Call<"text-to-image">;
  readonly imageToImage: Call<"image-to-image">;
  readonly imageToVideo: (
    input: CallInput<"image-to-video">,
    options?: VideoOptions,
  ) => Effect.Effect<ResultOf<"image-to-video">, GatewayError>;
  readonly upscale: Call<"upscale">;
  readonly audioToText: Call<"audio-to-text">;
  readonly segmentAnything2: Call<"segment-anything-2">;
  readonly imageToText: Call<"image-to-text">;
  readonly textToSpeech: Call<"text-to-speech">;
  readonly liveVideoToVideo: Call<"live-video-to-video">;
  /** The next turn of a conversation. */
  readonly chat: Call<"llm">;
  /** The gateway, or the first of several: the profile's name, or the base URL of one without. */
  readonly gateway: string;
  /** All of them, in the user's order: where they are, what they offer, take and ask. */
  readonly profiles: ReadonlyArray<GatewayProfile>;
  /** Any pipeline by its name. */
  readonly run: <Name extends PipelineName>(
    pipeline: Name,
    input: CallInput<Name>,
    options?: CallOptions,
  ) => Effect.Effect<ResultOf<Name>, GatewayError>;
  /** A chat whose text is read as it comes. Retried only before its first token; what breaks off later fails. */
  readonly chatStream: (
    input: Omit<CallInput<"llm">, "stream">,
    options?: CallOptions,
  ) => Stream.Stream<ChatPiece, GatewayError>;
  /** A chat whose text is told as it comes, and at last the whole, with what it cost. */
  readonly chatTo: (
    input: Omit<CallInput<"llm">, "stream">,
    tell: TellPiece,
    options?: CallOptions,
  ) => Effect.Effect<ResultOf<"llm">, GatewayError>;
  /**
   * What a call would cost now, before it is sent: exact, and what its result's `meta.cost` will say, of the route that
   * would be asked first. Of a pipeline that takes a file, from the file as bytes or a Blob (not of `toFile`, which only a
   * call opens) and its `facts`, which `readMedia(pipeline, input)` of @sluice/models finds. No Effect: it is synchronous,
   * and throws the `GatewayError` that the call would fail with before it is sent.
   */
  readonly estimate: <Name extends PipelineName>(
    pipeline: Name,
    input: EstimateInput<Name>,
    facts?: MediaFacts,
  ) => Cost;
  /** The bytes of a result. */
  readonly download: (media: { readonly url: string }) => Effect.Effect<Uint8Array, GatewayError>;
  /** Downloads to a file; an existing one is replaced. Folders are made. */
  readonly save: (media: { readonly url: string }, path: string) => Effect.Effect<void, GatewayError>;
  /** Tells the client how warm models are, as `readNetworkCapabilities` and others of @sluice/models find it out. */
  readonly learn: (evidence: ReadonlyArray<Evidence>) => Effect.Effect<void>;
}

export class GatewayClient extends Context.Service<GatewayClient, GatewayClientShape>()("@sluice/core/GatewayClient") {
  /** A client that uses the given `Transport`. */
  static readonly layerWithoutTransport = (
    settings: GatewayClientSettings = {},
  ): Layer.Layer<GatewayClient, InvalidConfiguration, Transport> =>
    Layer.effect(
      GatewayClient,
      Effect.flatMap(Transport, (transport) =>
        Effect.try({
          try: () => makeGatewayClient(makeEngine(settings, { ...nodeMachine, transport })),
          catch: (error) => {
            if (error instanceof InvalidConfiguration) return error;
            throw error;
          },
        }),
      ),
    );

  /** A client with sockets of its own, closed with the layer. */
  static readonly layer = (settings: GatewayClientSettings = {}): Layer.Layer<GatewayClient, InvalidConfiguration> =>
    Layer.provide(GatewayClient.layerWithoutTransport(settings), Undici.layer);
}

export const makeGatewayClient = (engine: Engine): GatewayClientShape => {
  const run: GatewayClientShape["run"] = (pipeline, input, options = {}) =>
    Effect.map(callPipeline(engine, pipeline, input, options), ({ result }) => result);
  const method =
    <Name extends PipelineName>(pipeline: Name): Call<Name> =>
    (input, options) =>
      run(pipeline, input, options);
  const gateway = engine.routes[0].target.profile.name;
  const fetching = <A>(
    media: { readonly url: string },
    fetch: (download: Download) => Effect.Effect<A, GatewayError>,
  ) => {
    const download = downloadOf(engine, media);
    return isGatewayError(download) ? Effect.fail(download) : fetch(download);
  };
  return {
    gateway,
    profiles: engine.routes.map(({ target }) => target.profile),
    run,
    textToImage: method("text-to-image"),
    imageToImage: method("image-to-image"),
    imageToVideo: (input, options = {}) => Effect.map(callVideo(engine, input, options), ({ result }) => result),
    upscale: method("upscale"),
    audioToText: method("audio-to-text"),
    segmentAnything2: method("segment-anything-2"),
    imageToText: method("image-to-text"),
    textToSpeech: method("text-to-speech"),
    liveVideoToVideo: method("live-video-to-video"),
    chat: method("llm"),
    chatStream: (input, options = {}) => chatStream(engine, input, options),
    chatTo: (input, tell, options = {}) => chatTo(engine, input, tell, options),
    estimate: (pipeline, input, facts) => estimate(engine, pipeline, input, facts),
    download: (media) => fetching(media, mediaBytes),
    save: (media, path) => fetching(media, (download) => saveMedia(download, path)),
    learn: (evidence) => Effect.sync(() => engine.warmth.learn(evidence)),
  };
};
