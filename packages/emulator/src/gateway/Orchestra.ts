/** The orchestrators behind the gateway, and the way of a request to one of them. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { Dice } from "../dice.ts";
import type { BatchPipeline } from "../documentedModels.ts";
import type { Served } from "../Models.ts";
import { hangUp, nullResult, type Reply, serviceUnavailable } from "../Reply.ts";
import type { Capacity } from "./Capacity.ts";
import type { FileStore } from "./FileStore.ts";

export interface Orchestra {
  readonly models: Served;
  readonly capacity: Capacity;
  readonly files: Pick<FileStore, "keep">;
  readonly dice: Dice;
  /** How long a warm model takes, drawn each time. */
  readonly latency: Effect.Effect<void>;
  readonly firstToken: Effect.Effect<void>;
  readonly betweenTokens: Effect.Effect<void>;
  readonly panicOnNoOrchestrator: boolean;
}

/** A reply on its way. The scope ends when it has been sent, and with it what the orchestrator held for it. */
export type Replying = Effect.Effect<Reply, never, Scope.Scope>;

/** What a runner makes of a request. `now`: Unix time in milliseconds when it is done. */
export type Work = (now: number) => Reply;

/** The gateway tries one orchestrator after another for so long, in milliseconds. An attempt of its own takes its time. */
export const retryWindow = 2_000;

/** No orchestrator has the model, or none is left to try: go-livepeer up to 0.9.1 panics, and the socket is closed. */
export const noOrchestrator = ({ panicOnNoOrchestrator }: Orchestra): Reply =>
  panicOnNoOrchestrator ? hangUp : serviceUnavailable();

/**
 * Finds an orchestrator for the model and gives it the work. A reply instead of work is a refusal by the gateway, which
 * looks at the input when it has found an orchestrator, and before that one loads anything.
 */
export const submit = (
  orchestra: Orchestra,
  pipeline: BatchPipeline,
  model: string | null | undefined,
  task: Reply | Work,
): Replying => {
  // A nil model id is dereferenced after the selection; the default model never helps.
  if (model === undefined || model === null) return Effect.succeed(hangUp);
  if (!orchestra.models.has(pipeline, model)) return Effect.succeed(noOrchestrator(orchestra));
  return typeof task === "function" ? attempt(orchestra, pipeline, model, task) : Effect.succeed(task);
};

const attempt = Effect.fnUntraced(function* (
  { models, capacity, latency }: Orchestra,
  pipeline: BatchPipeline,
  model: string,
  work: Work,
): Effect.fn.Return<Reply, never, Scope.Scope> {
  const hasRoom = yield* capacity.take(pipeline, model, retryWindow);
  if (!hasRoom) return serviceUnavailable();
  const startedAt = yield* Clock.currentTimeMillis;
  const admission = yield* models.admit(pipeline, model);
  if (admission === "unavailable") return serviceUnavailable();
  yield* latency;
  const now = yield* Clock.currentTimeMillis;
  const reply = work(now);
  const hasFailed = reply === hangUp || reply === nullResult;
  // A failure is tried again elsewhere until nobody is left, or until the window has passed, which is a 503.
  return hasFailed && now - startedAt >= retryWindow ? serviceUnavailable() : reply;
});
