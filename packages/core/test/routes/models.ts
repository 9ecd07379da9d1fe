/** Gateways without sockets: what each model of theirs answers, by the clock of the test, and who asked for it when. */
import {
  type CallEvent,
  type CallOptions,
  GatewayClient,
  type GatewayClientSettings,
  type GatewayError,
  type ResultOf,
  Transport,
  type WireRequest,
} from "@sluice/core/effect";
import type { Answer, Break } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Clock from "effect/Clock";
import type * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Random from "effect/Random";
import { TestClock } from "effect/testing";
import { fiberless } from "../../src/transport/fiberless.ts";

export interface Asked {
  readonly origin: string;
  readonly path: string;
  readonly model: string;
  readonly prompt: string;
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type Behaviour = (asked: Asked) => Effect.Effect<Answer, Break>;

const json = { "content-type": "application/json" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  Effect.succeed<Answer>({ kind: "answer", status, headers: { ...json, ...headers }, body: bytes(body) });

const image = '{"images":[{"nsfw":false,"seed":7,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';

/** How a model may behave. Times in milliseconds since the test began. */
export const warm =
  (ms = 0): Behaviour =>
  () =>
    Effect.delay(answer(200, image), ms);
export const unavailable: Behaviour = () => answer(503, '{"error":{"message":"Service Unavailable Error"}}\n');
export const inference: Behaviour = () => answer(500, '{"error":{"message":"Internal Server Error"}}\n');
export const limited =
  (seconds: number): Behaviour =>
  () =>
    answer(429, '{"errors":["Too many AI requests"]}', { "retry-after": String(seconds) });
export const refused: Behaviour = () => Effect.fail<Break>({ kind: "unsent", reason: "refused" });
export const closed: Behaviour = () => Effect.fail<Break>({ kind: "closed" });
export const silent: Behaviour = () => Effect.never;
export const coldUntil =
  (ms: number, then: Behaviour = warm(1_000)): Behaviour =>
  (asked) =>
    asked.at < ms ? unavailable(asked) : then(asked);

export const gateway = "http://a.example";

/** The same exchanges, as a transport makes them that needs no fiber of the call's. */
const withoutFibers = (send: Transport["Service"]["send"], context: Context.Context<never>) =>
  fiberless((request, ended) => {
    const fiber = Effect.runForkWith(context)(send(request));
    fiber.addObserver((exit) => {
      if (Exit.isSuccess(exit)) ended(exit.value);
      else if (!Cause.hasInterruptsOnly(exit.cause)) ended(Cause.squash(exit.cause) as Break);
    });
    return () => {
      fiber.interruptUnsafe();
    };
  });

/**
 * By model, or by gateway: a path such as `http://a.example` or a model's name; the first that fits. `inFibers`: where a
 * behaviour dies, or to see that a transport of the user's own does as well.
 */
export const world = (behaviours: Readonly<Record<string, Behaviour>>, inFibers = false) => {
  const asked: Array<Asked> = [];
  const send = (request: WireRequest) =>
    Effect.flatMap(Clock.currentTimeMillis, (at) => {
      const body: unknown = typeof request.body === "string" ? JSON.parse(request.body) : {};
      const { model_id = "", model = model_id, prompt = "" } = body as Readonly<Record<string, string | undefined>>;
      const one = { origin: request.origin, path: request.path, model, prompt, at, headers: request.headers };
      asked.push(one);
      request.onSent?.();
      const behaviour = behaviours[model] ?? behaviours[request.origin];
      if (behaviour === undefined) return Effect.die(new Error(`nobody plays ${model} at ${request.origin}`));
      return behaviour(one);
    });
  const layer = Layer.effect(
    Transport,
    Effect.map(Effect.context(), (context) => (inFibers ? { send } : withoutFibers(send, context))),
  );
  const client = (settings: GatewayClientSettings) =>
    Layer.provide(GatewayClient.layerWithoutTransport(settings), layer);
  return { asked, client };
};

/** One call of a test. Times in milliseconds since the test began, or since the call did. */
export interface Caller {
  readonly model?: string;
  readonly prompt?: string;
  readonly from?: number;
  readonly abortAfter?: number;
  readonly options?: CallOptions;
}

export interface Ended {
  readonly at: number;
  readonly exit: Exit.Exit<ResultOf<"text-to-image">, GatewayError>;
  readonly events: ReadonlyArray<CallEvent>;
}

export interface Scene {
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly settings?: GatewayClientSettings;
  readonly callers: ReadonlyArray<Caller>;
  /** For how long time passes; then everything must have ended. Default: ten minutes. */
  readonly forMs?: number;
  /** Of its jitter, so that what failed can be played again. */
  readonly seed?: number;
  readonly inFibers?: boolean;
}

/** Plays the callers, and tells how each ended. */
export const play = ({ behaviours, settings = { gateway }, callers, forMs = 600_000, seed = 1, inFibers }: Scene) => {
  const { asked, client } = world(behaviours, inFibers);
  const one = ({ model = "cold", prompt = "a fox", from = 0, abortAfter, options = {} }: Caller) =>
    Effect.gen(function* () {
      yield* Effect.sleep(from);
      const events: Array<CallEvent> = [];
      const onEvent = (event: CallEvent) => events.push(event);
      const call = GatewayClient.use((own) => own.textToImage({ prompt, model_id: model }, { ...options, onEvent }));
      const fiber = yield* Effect.forkChild(call);
      if (abortAfter !== undefined) yield* Effect.forkChild(Effect.delay(Fiber.interrupt(fiber), abortAfter));
      const exit = yield* Fiber.await(fiber);
      return { at: yield* Clock.currentTimeMillis, exit, events } satisfies Ended;
    });
  return Effect.gen(function* () {
    const all = yield* Effect.forkChild(Effect.forEach(callers, one, { concurrency: "unbounded" }));
    yield* TestClock.adjust(forMs);
    if (all.pollUnsafe() === undefined) throw new Error("a call has not ended");
    return { asked, ends: yield* Fiber.join(all) };
  }).pipe(Effect.provide(client(settings)), Random.withSeed(seed));
};

export const times = <A>(count: number, one: A): ReadonlyArray<A> => Array.from({ length: count }, () => one);

export const succeeded = ({ exit }: Ended): boolean => Exit.isSuccess(exit);

/** The typed error that a call failed with. */
export const errorIn = ({ exit }: Ended): GatewayError => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) throw new Error("the call has not failed");
  return Cause.squash(exit.cause) as GatewayError;
};

export const resultIn = ({ exit }: Ended): ResultOf<"text-to-image"> => {
  if (Exit.isSuccess(exit)) return exit.value;
  throw new Error("the call failed", { cause: Cause.squash(exit.cause) });
};

export const kindsIn = ({ events }: Ended): ReadonlyArray<string> =>
  events.map((event) => (event.type === "waiting" ? `waiting ${event.for}` : event.type));
