/** Loaded into the service by `--import`, with `--expose-gc`: it tells, when it is asked, what the process holds. */
import { AsyncResource, createHook } from "node:async_hooks";
import type { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { Sample } from "./judge.ts";

/** What cannot be seen from outside. */
export type Inside = Omit<Sample, "at" | "descriptors"> & {
  /** The timers and other resources, by what Node calls them. */
  readonly types: Readonly<Record<string, number>>;
  /** Warnings of the process since its start, such as that of an emitter with many listeners. */
  readonly warnings: ReadonlyArray<string>;
};

/** Not documented, and the only way to an open socket's listeners. */
const { _getActiveHandles: handles } = process as unknown as {
  readonly _getActiveHandles: () => ReadonlyArray<unknown>;
};

const isEmitter = (value: unknown): value is EventEmitter =>
  typeof value === "object" && value !== null && "eventNames" in value && "listenerCount" in value;

const listenersOf = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

/**
 * What is under way, by the number that Node gives it. `process.getActiveResourcesInfo` knows neither a timer that lets the
 * process end nor an idle socket of a pool. An `AsyncResource` is no more than memory, which ends when it is collected: a
 * connection that is kept for the next call remembers those of its last one. The heap shows whether they become more.
 */
const underWay = new Map<number, string>();
createHook({
  init: (id, type, _, resource) => {
    if (!(resource instanceof AsyncResource)) underWay.set(id, type);
  },
  destroy: (id) => void underWay.delete(id),
  trackPromises: false,
}).enable();

const warnings: Array<string> = [];
process.on("warning", ({ name, message }) => warnings.push(`${name}: ${message}`.slice(0, 300)));

const look = async (): Promise<Inside> => {
  // What a finalizer lets go of, the next collection takes.
  for (let time = 0; time < 3; time += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  const types: Record<string, number> = {};
  for (const type of underWay.values()) types[type] = (types[type] ?? 0) + 1;
  const { Timeout: timers = 0 } = types;
  const emitters = [process, ...handles()].filter(isEmitter);
  return {
    heap: heapUsed,
    buffers: external,
    timers,
    resources: underWay.size - timers,
    listeners: Math.max(...emitters.map(listenersOf)),
    types,
    warnings,
  };
};

process.on("message", () => void look().then((inside) => process.send?.(inside)));
// The service ends when it has nothing left to do, as it does without this.
process.channel?.unref();
