/** Runs effects for a promise door: a promise for each, and an end for all. */
import { Aborted, type GatewayError } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import { type Interrupted, OnInterrupted } from "../call/OnInterrupted.ts";

export interface Running<A> {
  /** Rejects with a `GatewayError`: `Aborted` when it has been ended. */
  readonly result: Promise<A>;
  readonly end: () => void;
}

export class Runner {
  readonly #gateway: string;
  readonly #running = new Set<Fiber.Fiber<unknown, unknown>>();

  constructor(gateway: string) {
    this.#gateway = gateway;
  }

  /** The signal ends it too. */
  start<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, signal?: AbortSignal): Running<A> {
    let interrupted: Interrupted = { gateway: this.#gateway, pipeline, inFlight: false };
    const context = Context.make(OnInterrupted, (call) => {
      interrupted = call;
    });
    const fiber = Effect.runForkWith(context)(effect, signal === undefined ? undefined : { signal });
    this.#running.add(fiber);
    const result = new Promise<A>((resolve, reject) => {
      fiber.addObserver((exit) => {
        this.#running.delete(fiber);
        if (Exit.isSuccess(exit)) resolve(exit.value);
        else {
          const aborted = Cause.hasInterruptsOnly(exit.cause);
          const cause: unknown = signal?.reason;
          reject(aborted ? new Aborted({ ...interrupted, cause }) : (Cause.squash(exit.cause) as Error));
        }
      });
    });
    return {
      result,
      end: () => {
        fiber.interruptUnsafe();
      },
    };
  }

  /** The promise alone. */
  run<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, signal?: AbortSignal): Promise<A> {
    return this.start(pipeline, effect, signal).result;
  }

  interruptAll(): void {
    for (const fiber of this.#running) fiber.interruptUnsafe();
  }
}
