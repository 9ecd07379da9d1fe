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
  readonly port?: number;
  readonly journal?: Journal;
}

export interface Place {
  /** Where the fault is met. */
  readonly url: string;
  /** What was seen so far; the place is closed, and what still waits there is dropped. */
  readonly read: () => Promise<Journal>;
}

export interface Chaos extends Disposable {
  /** A place of its own for one call, which is expected to carry `key`. */
  readonly open: (fault: FaultName, key: string) => Promise<Place>;
}

export const startChaos = (): Chaos => {
  const server = fork(join(import.meta.dirname, "chaosServer.ts"), { execArgv: [] });
  const waiting = new Map<number, (told: Told) => void>();
  server.on("message", (told: Told) => waiting.get(told.id)?.(told));
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
        read: async () => {
          const { journal = { requests: [], connections: 0 } } = await ask({ what: "read", id });
          return journal;
        },
      };
    },
    [Symbol.dispose]: () => server.disconnect(),
  };
};
