/** Runs effects and calls for a promise door: a promise for each, and an end for all. */
import { type GatewayError, InvalidConfiguration, isGatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import { Roster } from "../call/Roster.ts";
import type { ReadyCall } from "../call/runCall.ts";
import { isSignal } from "../settings/callOptions.ts";
import { InFiber, OnItsOwn, type Underway } from "./Underway.ts";

export interface Running<A> {
  /** Rejects with a `GatewayError`: `Aborted` when it has been ended. */
  readonly result: Promise<A>;
  readonly end: () => void;
}

export class Runner {
  readonly #gateway: string;
  readonly #underway = new Roster<Underway>();
  #closed = false;

  constructor(gateway: string) {
    this.#gateway = gateway;
  }

  /** The signal ends it too. */
  start<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, signal?: AbortSignal): Running<A> {
    const begun = this.#closed ? Effect.fail(this.#refusal(pipeline)) : effect;
    let end: Running<A>["end"] = () => undefined;
    const result = new Promise<A>((resolve, reject) => {
      const one = new InFiber(begun, this.#subject(pipeline), this.#underway, { resolve, reject }, signalIn(signal));
      one.start();
      end = () => void one.end();
    });
    return { result, end };
  }

  /** The promise alone. */
  run<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, signal?: AbortSignal): Promise<A> {
    return this.start(pipeline, effect, signal).result;
  }

  /** A call that is in no effect: most need no fiber then. */
  call<Result, Data>(
    pipeline: string,
    make: () => ReadyCall<Result, Data> | GatewayError,
    signal?: AbortSignal,
  ): Promise<Data> {
    return new Promise((resolve, reject) => {
      const ready = this.#closed ? this.#refusal(pipeline) : make();
      if (isGatewayError(ready)) reject(ready);
      else new OnItsOwn(ready, this.#subject(pipeline), this.#underway, { resolve, reject }, signalIn(signal)).start();
    });
  }

  /** Ends all, and refuses what comes. Resolves when all have cleaned up. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#underway].map((one) => one.end()));
  }

  #subject(pipeline: string) {
    return { gateway: this.#gateway, pipeline };
  }

  #refusal(pipeline: string): InvalidConfiguration {
    const mistake = { path: "", message: "this client has been closed", fix: "Make a new one, or close it later." };
    return new InvalidConfiguration({ ...this.#subject(pipeline), fields: [mistake] });
  }
}

/** What is none, a call refuses. */
const signalIn = (given: AbortSignal | undefined): AbortSignal | undefined => (isSignal(given) ? given : undefined);
