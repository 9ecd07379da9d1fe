/** A process that makes the calls of one client, so that no client meets what another did to its process: run by `fork`. */
import { callOnce } from "./call.ts";
import { clients } from "./clients.ts";
import type { Order } from "./run.ts";

const [, , name] = process.argv;
const client = clients.find((one) => one.name === name);

process.on("message", (order: Order) => void carryOut(order));
process.on("disconnect", () => process.exit());

const carryOut = async ({ id, streams, patienceMs, ...at }: Order): Promise<void> => {
  const module = await client?.load();
  const calls = await module?.open(at);
  if (calls !== undefined) process.send?.({ id, outcome: await callOnce(calls, streams, patienceMs) });
};
