/**
 * Ends the service without losing a call. First it only says so, while requests are still taken, until a load balancer has
 * seen it. Then what is being answered is finished, what comes on a kept connection is sent elsewhere, and every other
 * socket (idle, silent, or in the middle of a request) is dropped, because it would hold the process for ever.
 */
import type { FastifyInstance } from "fastify";
import { setTimeout as wait } from "node:timers/promises";
import type { Listener } from "./Listener.ts";

/** In milliseconds. */
export interface DrainTimes {
  /** How long requests are still taken. */
  readonly delayMs?: number;
  /** How long what is under way may take after that, before it is cut off. A call to a cold model takes minutes. */
  readonly finishMs?: number;
}

export interface Drain {
  /** For the readiness probe. */
  readonly isDraining: boolean;
  /** Resolves when nothing is open any more. Every call of it gives the same end. */
  readonly close: (times?: DrainTimes) => Promise<void>;
}

/** `app` is made with the listener's options. Closing it in another way drains it as well, without a delay. */
export const drainable = (app: FastifyInstance, listener: Listener): Drain => {
  let isDraining = false;
  let closing: Promise<void> | undefined;
  const leave = (): void => {
    isDraining = true;
    listener.connections.leave();
  };
  app.addHook("preClose", (done) => {
    leave();
    listener.shut();
    listener.connections.dropIdle(listener.formatAt);
    done();
  });
  const close = async ({ delayMs = 0, finishMs = 330_000 }: DrainTimes): Promise<void> => {
    leave();
    if (delayMs > 0) await wait(delayMs);
    const late = setTimeout(() => {
      listener.connections.dropAll();
    }, finishMs);
    await app.close();
    clearTimeout(late);
  };
  return {
    get isDraining() {
      return isDraining;
    },
    close: (times = {}) => (closing ??= close(times)),
  };
};
