/**
 * Transports whose exchanges need no fiber: that saves a call most of what Effect costs it. They are known by their
 * `send`; so who wraps it is not passed by.
 */
import type { Answer, Break } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Transport, WireRequest } from "./Transport.ts";

/** Tells once how the exchange ended, perhaps at once. Gives back how to abort it; after that nothing is told. */
export type Begin = (request: WireRequest, ended: (wire: Answer | Break) => void) => () => void;

const begins = new WeakMap<Transport["Service"]["send"], Begin>();

export const fiberless = (begin: Begin): Transport["Service"] => {
  const send: Transport["Service"]["send"] = (request) =>
    Effect.callback((resume) => {
      const abort = begin(request, (wire) => {
        resume(wire.kind === "answer" ? Effect.succeed(wire) : Effect.fail(wire));
      });
      return Effect.sync(abort);
    });
  begins.set(send, begin);
  return { send };
};

/** `undefined` for one that needs fibers. */
export const beginOf = ({ send }: Transport["Service"]): Begin | undefined => begins.get(send);
