/** How many requests each model of a pipeline runs at once: its containers. */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Scope from "effect/Scope";
import * as Semaphore from "effect/Semaphore";
import type { BatchPipeline } from "../documentedModels.ts";

export class Capacity {
  /** Infinity without a limit. */
  readonly most: number;
  readonly #running = new Map<string, number>();
  readonly #containers = new Map<string, Semaphore.Semaphore>();

  constructor(most: number) {
    this.most = most;
  }

  /** How many requests the model runs now. */
  running(pipeline: BatchPipeline, model: string): number {
    return this.#running.get(containerOf(pipeline, model)) ?? 0;
  }

  /** Takes a place until the scope ends; `false` when none became free within so many milliseconds. */
  take(pipeline: BatchPipeline, model: string, patience: number): Effect.Effect<boolean, never, Scope.Scope> {
    const container = containerOf(pipeline, model);
    const counted = Effect.acquireRelease(this.#count(container, 1), () => this.#count(container, -1));
    if (this.most === Infinity) return Effect.as(counted, true);
    const places = this.#containers.get(container) ?? Semaphore.makeUnsafe(this.most);
    this.#containers.set(container, places);
    return Effect.flatMap(Effect.timeoutOption(places.takeScoped(1), patience), (place) =>
      Effect.as(Option.isSome(place) ? counted : Effect.void, Option.isSome(place)),
    );
  }

  #count(container: string, by: 1 | -1): Effect.Effect<void> {
    return Effect.sync(() => {
      this.#running.set(container, (this.#running.get(container) ?? 0) + by);
    });
  }
}

const containerOf = (pipeline: BatchPipeline, model: string): string => `${pipeline} ${model}`;
