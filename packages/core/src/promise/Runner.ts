/** Runs effects for a promise door: a promise for each, and an end for all. */
import { Aborted, type GatewayError, InvalidConfiguration } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import { interruptedIn } from "../call/interrupted.ts";
import { isSignal } from "../settings/callOptions.ts";

export interface Running<A> {
  /** Rejects with a `GatewayError`: `Aborted` when it has been ended. */
  readonly result: Promise<A>;
  readonly end: () => void;
}

export class Runner {
  readonly #gateway: string;
  readonly #running = new Set<Fiber.Fiber<unknown, unknown>>();
  #closed = false;

  constructor(gateway: string) {
    this.#gateway = gateway;
  }

  /** The signal ends it too. */
  start<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, given?: AbortSignal): Running<A> {
    // What is none, a call refuses.
    const signal = isSignal(given) ? given : undefined;
    const fiber = Effect.runFork(
      this.#closed ? this.#refusal(pipeline) : effect,
      signal === undefined ? undefined : { signal },
    );
    this.#running.add(fiber);
    const result = new Promise<A>((resolve, reject) => {
      fiber.addObserver((exit) => {
        this.#running.delete(fiber);
        if (Exit.isSuccess(exit)) resolve(exit.value);
        else {
          const aborted = Cause.hasInterruptsOnly(exit.cause);
          const call = interruptedIn(fiber) ?? { gateway: this.#gateway, pipeline, inFlight: false };
          const cause: unknown = signal?.reason;
          reject(aborted ? new Aborted({ ...call, cause }) : (Cause.squash(exit.cause) as Error));
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

  /** Ends all, and refuses what comes. Resolves when all have cleaned up. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#running].map((fiber) => {
        fiber.interruptUnsafe();
        return new Promise((resolve) => {
          fiber.addObserver(resolve);
        });
      }),
    );
  }

  #refusal(pipeline: string): Effect.Effect<never, InvalidConfiguration> {
    const mistake = { path: "", message: "this client has been closed", fix: "Make a new one, or close it later." };
    return Effect.fail(new InvalidConfiguration({ gateway: this.#gateway, pipeline, fields: [mistake] }));
  }
}
