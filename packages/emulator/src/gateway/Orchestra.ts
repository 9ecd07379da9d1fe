/** The orchestrators behind the gateway, and the way of a request to one of them. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { Dice } from "../dice.ts";
import type { BatchPipeline } from "../documentedModels.ts";
import type { Models } from "../Models.ts";
import { hangUp, type Reply, serviceUnavailable } from "../Reply.ts";
import type { FileStore } from "./FileStore.ts";

export interface Orchestra {
  readonly models: Models;
  readonly files: FileStore;
  readonly dice: Dice;
  readonly latencyMs: number;
  readonly panicOnNoOrchestrator: boolean;
}

/** What a runner makes of a request. `now`: Unix time in milliseconds when it is done. */
export type Work = (now: number) => Reply;

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
): Effect.Effect<Reply> => {
  const { models, latencyMs } = orchestra;
  // A nil model id is dereferenced after the selection; the default model never helps.
  if (model === undefined || model === null) return Effect.succeed(hangUp);
  if (!models.has(pipeline, model)) return Effect.succeed(noOrchestrator(orchestra));
  if (typeof task !== "function") return Effect.succeed(task);
  return Effect.flatMap(models.admit(pipeline, model), (admission) =>
    admission === "unavailable"
      ? Effect.succeed(serviceUnavailable())
      : Effect.andThen(Effect.sleep(latencyMs), Effect.map(Clock.currentTimeMillis, task)),
  );
};
