/** The client for programs that use promises: the same core as the Effect door, with no Effect in its types. */
import { Aborted, type GatewayError } from "@sluice/errors";
import type { GatewayChoice, TextToImageInput } from "@sluice/models";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import type { CallMeta } from "./call/CallMeta.ts";
import type { OnEvent } from "./call/CallEvent.ts";
import { type Interrupted, OnInterrupted } from "./call/OnInterrupted.ts";
import { type GatewayClientShape, makeGatewayClient } from "./GatewayClient.ts";
import type { CallOptions as EffectCallOptions, GeneratedImage } from "./pipelines/textToImage.ts";
import { makeTarget } from "./Target.ts";
import { makeAgent, makeTransport } from "./transport/undici.ts";

export interface LivepeerGatewayOptions {
  /**
   * A profile's name (`livepeer-cloud`, `livepeer-studio`, `go-livepeer`, `emulator`), a base URL, or a gateway of your own:
   * the path of its JSON file, or its data. Default: `livepeer-cloud`.
   */
  readonly gateway?: GatewayChoice["gateway"];
  /** Overrides the profile's base URL. */
  readonly gatewayUrl?: string | undefined;
  /** A backend API key. Sent only to gateways that use one. */
  readonly apiKey?: string | undefined;
  /** The deadline of a call, over all attempts, waits and the body, in milliseconds. Default: 300 000. */
  readonly timeoutMs?: number | undefined;
  /** A dearer call is refused before it is sent. In USD. */
  readonly maxCostUsd?: string | number | undefined;
  readonly onEvent?: OnEvent | undefined;
}

export interface CallOptions extends EffectCallOptions {
  /** Ends the call, its waits and its sockets; the promise rejects with `Aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface Image extends GeneratedImage {
  /** Downloads the image. */
  readonly bytes: (options?: Pick<CallOptions, "signal">) => Promise<Uint8Array>;
  /** Downloads the image to a file; an existing one is replaced. */
  readonly save: (path: string, options?: Pick<CallOptions, "signal">) => Promise<void>;
}

export class LivepeerGateway {
  readonly #client: GatewayClientShape;
  readonly #agent = makeAgent();
  readonly #calls = new Set<Fiber.Fiber<unknown, unknown>>();

  /** Throws `InvalidConfiguration` when a setting is wrong. */
  constructor(options: LivepeerGatewayOptions = {}) {
    this.#client = makeGatewayClient(makeTransport(this.#agent), makeTarget(options), options);
  }

  /** Rejects with a `GatewayError`. */
  async textToImage(
    input: TextToImageInput,
    options: CallOptions = {},
  ): Promise<{ readonly images: ReadonlyArray<Image>; readonly meta: CallMeta }> {
    const { images, meta } = await this.#run("text-to-image", this.#client.textToImage(input, options), options);
    return { images: images.map((image) => this.#withMethods(image)), meta };
  }

  /** Aborts the calls that are under way and closes the sockets. An idle client does not keep the process alive. */
  async close(): Promise<void> {
    for (const fiber of this.#calls) fiber.interruptUnsafe();
    await this.#agent.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #withMethods(image: GeneratedImage): Image {
    return {
      ...image,
      bytes: (options = {}) => this.#run("download", this.#client.download(image), options),
      save: (path, options = {}) => this.#run("download", this.#client.save(image, path), options),
    };
  }

  async #run<A>(
    pipeline: string,
    effect: Effect.Effect<A, GatewayError>,
    { signal }: Pick<CallOptions, "signal">,
  ): Promise<A> {
    let interrupted: Interrupted = { gateway: this.#client.gateway, pipeline, inFlight: false };
    const told = Effect.provideService(effect, OnInterrupted, (call) => {
      interrupted = call;
    });
    const fiber = Effect.runFork(told, signal === undefined ? undefined : { signal });
    this.#calls.add(fiber);
    const exit = await new Promise<Exit.Exit<A, GatewayError>>((resolve) => {
      fiber.addObserver(resolve);
    });
    this.#calls.delete(fiber);
    if (Exit.isSuccess(exit)) return exit.value;
    if (Cause.hasInterruptsOnly(exit.cause)) {
      throw new Aborted({ ...interrupted, cause: signal?.reason as unknown });
    }
    throw Cause.squash(exit.cause);
  }
}
