/** Both doors of the client, as one: a call of each pipeline's own method that gives a promise. */
import { LivepeerGateway, type LivepeerGatewayOptions } from "@sluice/core";
import { GatewayClient } from "@sluice/core/effect";
import type { CallInput, PipelineName } from "@sluice/core";
import * as Effect from "effect/Effect";

const methods = {
  "text-to-image": "textToImage",
  "image-to-image": "imageToImage",
  "image-to-video": "imageToVideo",
  upscale: "upscale",
  "audio-to-text": "audioToText",
  "segment-anything-2": "segmentAnything2",
  llm: "chat",
  "image-to-text": "imageToText",
  "text-to-speech": "textToSpeech",
  "live-video-to-video": "liveVideoToVideo",
} as const satisfies Readonly<Record<PipelineName, string>>;

/** What every result has, and what some have: as a test looks at it. */
export interface Result {
  readonly meta: LivepeerMeta;
  readonly [field: string]: unknown;
}

type LivepeerMeta = Awaited<ReturnType<LivepeerGateway["textToImage"]>>["meta"];

type Call = <Name extends PipelineName>(pipeline: Name, input: CallInput<Name>) => Promise<Result>;

export interface Door {
  readonly name: string;
  /** Rejects with the `GatewayError`. What a URL of a result leads to is read with it. */
  readonly open: (options: LivepeerGatewayOptions) => { readonly call: Call; readonly close: () => Promise<void> };
}

type Method<Given> = (input: unknown) => Given;

const promiseDoor: Door = {
  name: "the Promise door",
  open: (options) => {
    const gateway = new LivepeerGateway(options);
    const call: Call = (pipeline, input) =>
      (gateway[methods[pipeline]].bind(gateway) as unknown as Method<Promise<Result>>)(input);
    return { call, close: () => gateway.close() };
  },
};

const effectDoor: Door = {
  name: "the Effect door",
  open: (options) => ({
    call: (pipeline, input) =>
      Effect.runPromise(
        GatewayClient.use((client) =>
          (client[methods[pipeline]] as unknown as Method<Effect.Effect<Result, Error>>)(input),
        ).pipe(Effect.provide(GatewayClient.layer(options))),
      ),
    close: () => Promise.resolve(),
  }),
};

export const doors: ReadonlyArray<Door> = [promiseDoor, effectDoor];
