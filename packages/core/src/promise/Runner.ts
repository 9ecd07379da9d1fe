/** Runs effects and calls for a promise door: a promise for each, and an end for all. */
import { type GatewayError, InvalidConfiguration, isGatewayError, type Subject } from "@sluice/errors";
import type * as Effect from "effect/Effect";
import { Roster } from "../call/Roster.ts";
import { isSignal } from "../settings/callOptions.ts";
import { InFiber, type Underway, type Whose } from "./Underway.ts";

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
    let end: Running<A>["end"] = () => undefined;
    const make = (...whose: Whose<A>) => {
      const one = new InFiber(effect, ...whose);
      end = () => void one.end();
      return one;
    };
    const result = this.begin(pipeline, make, signal);
    return { result, end };
  }

  /** The promise alone. */
  run<A>(pipeline: string, effect: Effect.Effect<A, GatewayError>, signal?: AbortSignal): Promise<A> {
    return this.start(pipeline, effect, signal).result;
  }

  /** Starts what is made for it. */
  begin<A>(
    pipeline: string,
    make: (...whose: Whose<A>) => Underway<A> | GatewayError,
    signal?: AbortSignal,
  ): Promise<A> {
    return new Promise((resolve, reject) => {
      const subject = { gateway: this.#gateway, pipeline };
      const one = this.#closed
        ? refusalOf(subject)
        : make(subject, this.#underway, { resolve, reject }, signalIn(signal));
      if (isGatewayError(one)) reject(one);
      else one.start();
    });
  }

  /** Ends all, and refuses what comes. Resolves when all have cleaned up. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#underway].map((one) => one.end()));
  }
}

const refusalOf = (subject: Subject): InvalidConfiguration => {
  const mistake = { path: "", message: "this client has been closed", fix: "Make a new one, or close it later." };
  return new InvalidConfiguration({ ...subject, fields: [mistake] });
};

/** What is none, a call refuses. */
const signalIn = (given: AbortSignal | undefined): AbortSignal | undefined => (isSignal(given) ? given : undefined);
