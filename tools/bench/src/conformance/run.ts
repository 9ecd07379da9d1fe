/** Runs every client against every fault, all at once, in real time. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChaos } from "./chaos.ts";
import { type Client, clients } from "./clients.ts";
import type { At } from "./clients/Calls.ts";
import { type Column, columns, key } from "./columns.ts";
import { summary } from "./judging.ts";
import type { Outcome, Seen } from "./Seen.ts";

export interface Cell {
  readonly client: string;
  readonly column: string;
  readonly right: boolean;
  /** What was seen, in a few words; what is wrong with it first. */
  readonly seen: string;
}

/** A call that a client's process is to make. */
export interface Order extends At {
  readonly id: string;
  readonly streams: boolean;
  readonly patienceMs: number;
}

/** Longer than any of these calls has a reason to take. In milliseconds. */
const patienceMs = 75_000;
/** What a client may still do after its call: close a connection, or ask again. */
const afterwardsMs = 1_500;

export const runAll = async (
  who: ReadonlyArray<Client> = clients,
  what: ReadonlyArray<Column> = columns,
): Promise<ReadonlyArray<Cell>> => {
  using chaos = startChaos();
  const cellsOf = async (client: Client): Promise<ReadonlyArray<Cell>> => {
    using caller = startCaller(client);
    return await Promise.all(
      what.map(async (column) => {
        const { title, fault, judge, timeoutMs, streams = false } = column;
        const place = await chaos.open(fault, key);
        const at = { url: place.url, key, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
        const outcome = await caller.call({ id: title, streams, patienceMs, ...at });
        await sleep(afterwardsMs);
        const seen: Seen = { outcome, journal: await place.read() };
        const wrong = judge(seen);
        const words = wrong === undefined ? summary(seen) : `${wrong}: ${summary(seen)}`;
        return { client: client.name, column: title, right: wrong === undefined, seen: words };
      }),
    );
  };
  return (await Promise.all(who.map(cellsOf))).flat();
};

interface Caller extends Disposable {
  readonly call: (order: Order) => Promise<Outcome>;
}

const startCaller = ({ name }: Client): Caller => {
  const child = fork(join(import.meta.dirname, "caller.ts"), [name], { execArgv: ["--conditions=@sluice/source"] });
  return {
    call: (order) => outcomeOf(child, order),
    [Symbol.dispose]: () => {
      // A client may have taken its process down.
      if (child.connected) child.disconnect();
    },
  };
};

/** Rejects when the client takes its process down. */
const outcomeOf = (child: ChildProcess, order: Order): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    child.setMaxListeners(0);
    child.on("message", ({ id, outcome }: { readonly id: string; readonly outcome: Outcome }) => {
      if (id === order.id) resolve(outcome);
    });
    child.once("exit", () => reject(new Error(`The process of ${child.spawnargs.at(-1) ?? ""} ended early.`)));
    child.send(order);
  });
