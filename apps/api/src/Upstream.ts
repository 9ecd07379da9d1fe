/** The gateways behind the service, as promises: one runtime for the whole process, which owns their sockets. */
import {
  type CallInput,
  type CallOptions,
  type EstimateInput,
  GatewayClient,
  type GatewayClientShape,
  type GatewayProfile,
  type GatewayClientSettings,
  type ResultOf,
} from "@sluice/core/effect";
import type { GatewayError } from "@sluice/errors";
import type { MediaFacts, PipelineName } from "@sluice/models";
import type { Cost, OnEvent } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type * as Exit from "effect/Exit";
import * as ManagedRuntime from "effect/ManagedRuntime";

/** Which gateways, and how calls to them are made. */
export type UpstreamSettings = Omit<GatewayClientSettings, "onEvent" | "policy">;

type Outcome<A> = Promise<Exit.Exit<A, GatewayError>>;

/** Calls are interrupted, sockets included, when their signal aborts. */
export interface Upstream {
  readonly gateway: string;
  readonly profiles: ReadonlyArray<GatewayProfile>;
  readonly run: <Name extends PipelineName>(
    pipeline: Name,
    input: CallInput<Name>,
    options: CallOptions,
    signal: AbortSignal,
  ) => Outcome<ResultOf<Name>>;
  /** While a promise that `onText` gives is pending, no more is read. */
  readonly chat: (
    input: Omit<CallInput<"llm">, "stream">,
    onText: (text: string) => Promise<void> | undefined,
    options: CallOptions,
    signal: AbortSignal,
  ) => Outcome<ResultOf<"llm">>;
  /** Throws the `GatewayError` that the call would fail with before it is sent. */
  readonly estimate: <Name extends PipelineName>(name: Name, input: EstimateInput<Name>, facts?: MediaFacts) => Cost;
  readonly bytes: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
  readonly save: (url: string, path: string, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How the runtime's promises are made. */
export interface Runner {
  readonly exit: <A>(effect: Effect.Effect<A, GatewayError>, signal: AbortSignal) => Outcome<A>;
  readonly promise: <A>(effect: Effect.Effect<A, GatewayError>, signal: AbortSignal) => Promise<A>;
  readonly close: () => Promise<void>;
}

/** Rejects with `InvalidConfiguration`. */
export const openUpstream = async (settings: UpstreamSettings, onEvent?: OnEvent): Promise<Upstream> => {
  const runtime = ManagedRuntime.make(GatewayClient.layer({ ...settings, onEvent }));
  const client = await runtime.runPromise(Effect.map(GatewayClient, (client) => client));
  return upstreamOf(client, {
    exit: (effect, signal) => runtime.runPromiseExit(effect, { signal }),
    promise: (effect, signal) => runtime.runPromise(effect, { signal }),
    close: () => runtime.dispose(),
  });
};

export const upstreamOf = (client: GatewayClientShape, { exit, promise, close }: Runner): Upstream => ({
  gateway: client.gateway,
  profiles: client.profiles,
  run: (pipeline, input, options, signal) => exit(client.run(pipeline, input, options), signal),
  chat: (input, onText, options, signal) =>
    exit(
      client.chatTo(input, ({ text }) => onText(text), options),
      signal,
    ),
  estimate: client.estimate,
  bytes: (url, signal) => promise(client.download({ url }), signal),
  save: (url, path, signal) => promise(client.save({ url }, path), signal),
  close,
});
