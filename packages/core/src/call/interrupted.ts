/** What is known of a call that was interrupted, by the fiber that it ran in: an interruption itself carries nothing. */
import type { Circumstances } from "@sluice/errors";
import type * as Fiber from "effect/Fiber";

export interface Interrupted extends Circumstances {
  /** A request was with the gateway. */
  readonly inFlight: boolean;
}

const known = new WeakMap<Fiber.Fiber<unknown, unknown>, Interrupted>();

export const tellInterrupted = (fiber: Fiber.Fiber<unknown, unknown>, call: Interrupted): void => {
  known.set(fiber, call);
};

/** `undefined` when the fiber was interrupted before or after its call. */
export const interruptedIn = (fiber: Fiber.Fiber<unknown, unknown>): Interrupted | undefined => known.get(fiber);
