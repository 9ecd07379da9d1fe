/** The client as an Effect service: one gateway, its pipelines as methods, failures typed. */
import {
  type GatewayError,
  InvalidConfiguration,
  InvalidRequest,
  type Policy,
  RetryBucket,
  RetryPolicy,
} from "@sluice/errors";
import type { TextToImageInput } from "@sluice/models";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { OnEvent } from "./call/CallEvent.ts";
import { fetchMedia, saveMedia } from "./media/fetchMedia.ts";
import { mediaUrl } from "./media/mediaUrl.ts";
import { type CallOptions, textToImage, type TextToImageResult } from "./pipelines/textToImage.ts";
import { type GatewaySettings, makeTarget, type Target } from "./Target.ts";
import { Transport } from "./transport/Transport.ts";
import * as Undici from "./transport/undici.ts";

export interface GatewayClientSettings extends GatewaySettings {
  readonly onEvent?: OnEvent | undefined;
  /** Which failures are tried again, and when. Default: `RetryPolicy.standard`. */
  readonly policy?: Policy | undefined;
}

export interface GatewayClientShape {
  /** The profile's name, or the base URL of a gateway without one. */
  readonly gateway: string;
  readonly textToImage: (
    input: TextToImageInput,
    options?: CallOptions,
  ) => Effect.Effect<TextToImageResult, GatewayError>;
  /** The bytes of a result. */
  readonly download: (media: { readonly url: string }) => Effect.Effect<Uint8Array, GatewayError>;
  /** Downloads to a file; an existing one is replaced. Folders are made. */
  readonly save: (media: { readonly url: string }, path: string) => Effect.Effect<void, GatewayError>;
}

export class GatewayClient extends Context.Service<GatewayClient, GatewayClientShape>()("@sluice/core/GatewayClient") {
  /** A client that uses the given `Transport`. */
  static readonly layerWithoutTransport = (
    settings: GatewayClientSettings = {},
  ): Layer.Layer<GatewayClient, InvalidConfiguration, Transport> =>
    Layer.effect(
      GatewayClient,
      Effect.gen(function* () {
        const transport = yield* Transport;
        const target = yield* Effect.try({
          try: () => makeTarget(settings),
          catch: (error) => {
            if (error instanceof InvalidConfiguration) return error;
            throw error;
          },
        });
        return makeGatewayClient(transport, target, settings);
      }),
    );

  /** A client with sockets of its own, closed with the layer. */
  static readonly layer = (settings: GatewayClientSettings = {}): Layer.Layer<GatewayClient, InvalidConfiguration> =>
    Layer.provide(GatewayClient.layerWithoutTransport(settings), Undici.layer);
}

export const makeGatewayClient = (
  transport: Transport["Service"],
  target: Target,
  { policy = RetryPolicy.standard, onEvent }: Pick<GatewayClientSettings, "policy" | "onEvent">,
): GatewayClientShape => {
  const observers = onEvent === undefined ? [] : [onEvent];
  const gateway = target.profile.name;
  // A client is one gateway and one key.
  const bucket = RetryBucket.make();
  const download: GatewayClientShape["download"] = (media) => {
    const url = mediaUrl(target.profile.baseUrl, media.url);
    if (url !== undefined) return fetchMedia(transport, target, url, bucket, observers);
    const fields = [{ path: "url", message: `"${media.url.slice(0, 80)}" is not an http(s) URL` }];
    return Effect.fail(new InvalidRequest({ gateway, pipeline: "download", status: null, fields }));
  };
  return {
    gateway,
    textToImage: (input, options = {}) => textToImage(transport, target, { policy, bucket }, observers, input, options),
    download,
    save: (media, path) =>
      Effect.flatMap(download(media), (bytes) => saveMedia({ gateway, url: media.url }, bytes, path)),
  };
};
