/** The gateway behind the service, as promises: one runtime for the whole process, which owns its sockets. */
import { GatewayClient, type GatewaySettings, type ResultOf, type TextToImageInput } from "@sluice/core/effect";
import type { GatewayError } from "@sluice/errors";
import type { OnEvent } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type * as Exit from "effect/Exit";
import * as ManagedRuntime from "effect/ManagedRuntime";

export interface Upstream {
  readonly gateway: string;
  /** Interrupted, sockets included, when the signal aborts. */
  readonly textToImage: (
    input: TextToImageInput,
    signal: AbortSignal,
  ) => Promise<Exit.Exit<ResultOf<"text-to-image">, GatewayError>>;
  readonly close: () => Promise<void>;
}

/** Rejects with `InvalidConfiguration`. */
export const openUpstream = async (settings: GatewaySettings, onEvent?: OnEvent): Promise<Upstream> => {
  const runtime = ManagedRuntime.make(GatewayClient.layer({ ...settings, onEvent }));
  const client = await runtime.runPromise(Effect.map(GatewayClient, (client) => client));
  return {
    gateway: client.gateway,
    textToImage: (input, signal) => runtime.runPromiseExit(client.textToImage(input), { signal }),
    close: () => runtime.dispose(),
  };
};
