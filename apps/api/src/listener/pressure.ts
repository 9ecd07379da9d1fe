/**
 * Turns requests away while the process cannot keep up: a late answer to all of them is worth less than a soon one to most. A
 * call that has begun is never given up, because it may have cost something.
 *
 * By hand: @fastify/under-pressure goes by the mean delay, in which the pauses that callers feel disappear.
 */
import type { FastifyInstance } from "fastify";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { Refusal } from "../http/Refusal.ts";

export interface Load {
  /** How late 99 of 100 turns of the event loop were at most, in milliseconds. */
  readonly delayMs: number;
  /** The part of the heap's limit that is used, from 0 to 1. */
  readonly heap: number;
}

export interface PressureOptions {
  /** The most of each that is borne. */
  readonly most?: Load;
  /** How often the load is measured, and how long a refused caller is to stay away. In milliseconds. */
  readonly windowMs?: number;
  /** Routes that are answered all the same, by their pattern: probes, from whom nobody must be kept. Default: none. */
  readonly exempt?: ReadonlySet<string>;
  /** Makes a reading of the time since the last one. */
  readonly openMeter?: () => LoadMeter;
}

export interface LoadMeter {
  readonly read: () => Load;
  readonly close: () => void;
}

export interface Pressure {
  /** For the readiness probe. */
  readonly isOverloaded: boolean;
}

const bearable: Load = { delayMs: 200, heap: 0.85 };

export const shedLoad = (
  app: FastifyInstance,
  { most = bearable, windowMs = 5_000, exempt = new Set(), openMeter = measureProcess }: PressureOptions = {},
): Pressure => {
  let isOverloaded = false;
  const meter = openMeter();
  const measuring = setInterval(() => {
    const { delayMs, heap } = meter.read();
    isOverloaded = delayMs > most.delayMs || heap > most.heap;
  }, windowMs).unref();
  app.addHook("onRequest", ({ routeOptions: { url } }, _reply, done) => {
    if (!isOverloaded || (url !== undefined && exempt.has(url))) done();
    else done(new Refusal("overload", "This service has more to do than it can.", { retryAfterMs: windowMs }));
  });
  app.addHook("onClose", (_, done) => {
    clearInterval(measuring);
    meter.close();
    done();
  });
  return {
    get isOverloaded() {
      return isOverloaded;
    },
  };
};

/** How often the event loop is asked, in milliseconds; a turn that is in time is this late. */
const resolution = 10;

export const measureProcess = (): LoadMeter => {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const read = (): Load => {
    const delayMs = Math.max(0, delays.percentile(99) / 1e6 - resolution);
    delays.reset();
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    return { delayMs, heap: used / limit };
  };
  return { read, close: () => void delays.disable() };
};
