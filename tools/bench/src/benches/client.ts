/**
 * A gateway call by several clients over a local server: CPU of the calling process. `undici.request` is 1. Ours do all
 * they do in a program: parse, check, price, keep to the policy, and tell an observer of each step.
 */
import { LivepeerGateway } from "@sluice/core";
import { GatewayClient } from "@sluice/core/effect";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as Effect from "effect/Effect";
import * as ManagedRuntime from "effect/ManagedRuntime";
import { Agent, request } from "undici";
import type { Bench, Contender } from "../Bench.ts";
import { importPeer } from "../peers.ts";

const input = { prompt: "a red fox", width: 1024, height: 1024 };
const body = JSON.stringify({ model_id: "SG161222/RealVisXL_V4.0_Lightning", ...input });
const headers = { "content-type": "application/json" };

export const client = async (): Promise<Bench> => {
  const server = fork(join(import.meta.dirname, "../fixedGateway.ts"));
  const origin = `http://127.0.0.1:${await portOf(server)}`;
  const url = `${origin}/text-to-image`;
  const agent = new Agent({ connections: 128 });
  let events = 0;
  const settings = { gateway: origin, onEvent: () => void (events += 1) };
  const sluice = new LivepeerGateway(settings);
  const runtime = ManagedRuntime.make(GatewayClient.layer(settings));
  const effectClient = await runtime.runPromise(Effect.map(GatewayClient, (service) => service));
  const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
  const livepeer = new Livepeer({ serverURL: origin, httpBearer: "" });
  const { OpenAI } = (await importPeer("openai")) as OpenAiModule;
  const openai = new OpenAI({ baseURL: origin, apiKey: "none" });

  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    "undici.request": async () =>
      (await request(url, { method: "POST", headers, body, dispatcher: agent })).body.json(),
    fetch: async () => (await fetch(url, { method: "POST", headers, body })).json(),
    "sluice, Promise": () => sluice.textToImage(input),
    "sluice, Effect": () => runtime.runPromise(effectClient.textToImage(input)),
    "@livepeer/ai": () => livepeer.generate.textToImage(input),
    openai: () => openai.images.generate({ prompt: input.prompt }),
  };
  const at = (width: number): ReadonlyArray<Contender> =>
    Object.entries(calls).map(([name, call]) => ({ name, run: (times) => repeat(call, times, width) }));
  return {
    unit: "µs CPU per call",
    rounds: 31,
    heats: [
      { name: "one at a time", anchor: "undici.request", contenders: at(1), times: 200 },
      { name: "50 at once", anchor: "undici.request", contenders: at(50), times: 1_000 },
    ],
    close: async () => {
      await Promise.all([sluice.close(), runtime.dispose(), agent.destroy()]);
      server.disconnect();
      return { events };
    },
  };
};

interface LivepeerModule {
  readonly Livepeer: new (options: { readonly serverURL: string; readonly httpBearer: string }) => {
    readonly generate: { readonly textToImage: (input: object) => Promise<unknown> };
  };
}

interface OpenAiModule {
  readonly OpenAI: new (options: { readonly baseURL: string; readonly apiKey: string }) => {
    readonly images: { readonly generate: (input: object) => Promise<unknown> };
  };
}

const portOf = async (server: ChildProcess): Promise<number> => {
  const [port] = (await once(server, "message")) as [number];
  return port;
};

/** So many calls, so many of them at once. */
const repeat = async (call: () => Promise<unknown>, times: number, width: number): Promise<void> => {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
};
