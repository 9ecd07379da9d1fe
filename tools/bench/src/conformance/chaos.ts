/** Starts the chaos server, and asks it for a place to call and for what it saw there. */
import { fork } from "node:child_process";
import { join } from "node:path";
import type { FaultName } from "./faults.ts";
import type { Journal } from "./Seen.ts";

export type Ask =
  | { readonly what: "open"; readonly id: number; readonly fault: FaultName; readonly key: string }
  | { readonly what: "read"; readonly id: number };

export interface Told {
  readonly id: number;
  /** The answer to `open`. */
  readonly port?: number;
  /** The answer to `read`. */
  readonly journal?: Journal;
  /** Told unasked, whenever the journal has changed. */
  readonly news?: Journal;
}

export interface Place {
  /** Where the fault is met. */
  readonly url: string;
  /** Waits until what was seen is so. */
  readonly until: (holds: (journal: Journal) => boolean) => Promise<void>;
  /** What was seen so far; the place is closed, and what still waits there is dropped. */
  readonly read: () => Promise<Journal>;
}

export interface Chaos extends Disposable {
  /** A place of its own for one call, which is expected to carry `key`. */
  readonly open: (fault: FaultName, key: string) => Promise<Place>;
}

const nothing: Journal = { requests: [], connections: 0 };

export const startChaos = (): Chaos => {
  const server = fork(join(import.meta.dirname, "chaosServer.ts"), { execArgv: [] });
  const waiting = new Map<number, (told: Told) => void>();
  const latest = new Map<number, Journal>();
  const watchers = new Set<() => void>();
  server.on("message", (told: Told) => {
    if (told.news === undefined) return waiting.get(told.id)?.(told);
    latest.set(told.id, told.news);
    for (const look of watchers) look();
  });
  const ask = (question: Ask): Promise<Told> =>
    new Promise((resolve) => {
      waiting.set(question.id, resolve);
      server.send(question);
    });
  let places = 0;
  return {
    open: async (fault, key) => {
      const id = (places += 1);
      const { port = 0 } = await ask({ what: "open", id, fault, key });
      return {
        url: `http://127.0.0.1:${port}`,
        until: (holds) =>
          new Promise((resolve) => {
            const look = (): void => {
              if (!holds(latest.get(id) ?? nothing)) return;
              watchers.delete(look);
              resolve();
            };
            watchers.add(look);
            look();
          }),
        read: async () => (await ask({ what: "read", id })).journal ?? nothing,
      };
    },
    [Symbol.dispose]: () => server.disconnect(),
  };
};
