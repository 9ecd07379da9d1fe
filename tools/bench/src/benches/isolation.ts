/**
 * Whether a dead model slows another one of the same gateway and client: a warm model's calls, alone and beside 100 callers
 * of a model that is always cold, or that closes the socket. What counts is the ratio of the
 * 99th percentiles of their latency.
 */
import { LivepeerGateway } from "@sluice/core";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Bench, Heat, Weigher } from "../Bench.ts";

const callers = 100;
const width = 10;

export const isolation = async (): Promise<Bench> => {
  const server = fork(join(import.meta.dirname, "../modelsGateway.ts"));
  const [port] = (await once(server, "message")) as [number];
  const client = new LivepeerGateway({ gateway: `http://127.0.0.1:${port}` });
  const call = (model_id: string, signal?: AbortSignal) =>
    client.textToImage({ prompt: "a red fox", model_id }, { signal });
  const weighWarm = async (count: number) => percentile99(await timed(() => call("warm"), count));

  const heat = (dead: string): Heat => {
    const alone: Weigher = { name: "alone", weigh: weighWarm };
    const beside: Weigher = {
      name: "beside 100 callers of a dead model",
      weigh: async (count) => {
        const end = new AbortController();
        const others = Array.from({ length: callers }, () => call(dead, end.signal));
        // That a hundred calls begin at once is no fault of their model.
        await call("warm");
        const figure = await weighWarm(count);
        end.abort();
        const answered = (await Promise.allSettled(others)).filter(({ status }) => status === "fulfilled");
        if (answered.length > 0) throw new Error("the dead model has answered");
        return figure;
      },
    };
    return { name: dead, anchor: alone.name, contenders: [alone, beside], times: 2_000 };
  };
  await weighWarm(1_000);
  return {
    unit: "ms (p99)",
    rounds: 9,
    heats: [heat("cold"), heat("closed")],
    close: async () => {
      await client.close();
      server.disconnect();
      return {};
    },
  };
};

/** So many calls, ten of them at once; how long each took, in milliseconds. */
const timed = async (call: () => Promise<unknown>, count: number): Promise<ReadonlyArray<number>> => {
  const latencies: Array<number> = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      await call();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return latencies;
};

const percentile99 = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
};
