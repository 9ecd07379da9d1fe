/** Clients that make the same gateway call, each as its own documentation does it. Only what is asked for is loaded. */
import { importPeer } from "../peers.ts";

type Call = () => Promise<unknown>;

const input = { prompt: "a red fox", width: 1024, height: 1024 };
const body = JSON.stringify({ model_id: "SG161222/RealVisXL_V4.0_Lightning", ...input });
const headers = { "content-type": "application/json" };

/** Ours do all that they do in a program: parse, check, price, keep to the policy, and tell an observer of each step. */
const watched = (gateway: string) => {
  let events = 0;
  return { gateway, onEvent: () => void (events += 1) };
};

export const callers: Readonly<Record<string, (origin: string) => Promise<Call>>> = {
  "undici.request": async (origin) => {
    const { Agent, request } = await import("undici");
    const dispatcher = new Agent({ connections: 128 });
    return async () =>
      (await request(`${origin}/text-to-image`, { method: "POST", headers, body, dispatcher })).body.json();
  },
  fetch: (origin) =>
    Promise.resolve(async () => (await fetch(`${origin}/text-to-image`, { method: "POST", headers, body })).json()),
  "sluice, Promise": async (origin) => {
    const { LivepeerGateway } = await import("@sluice/core");
    const client = new LivepeerGateway(watched(origin));
    return () => client.textToImage(input);
  },
  "sluice, Effect": async (origin) => {
    const { GatewayClient } = await import("@sluice/core/effect");
    const Effect = await import("effect/Effect");
    const ManagedRuntime = await import("effect/ManagedRuntime");
    const runtime = ManagedRuntime.make(GatewayClient.layer(watched(origin)));
    const client = await runtime.runPromise(Effect.map(GatewayClient, (service) => service));
    return () => runtime.runPromise(client.textToImage(input));
  },
  "@livepeer/ai": async (origin) => {
    const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
    const livepeer = new Livepeer({ serverURL: origin, httpBearer: "" });
    return () => livepeer.generate.textToImage(input);
  },
  openai: async (origin) => {
    const { OpenAI } = (await importPeer("openai")) as OpenAiModule;
    const openai = new OpenAI({ baseURL: origin, apiKey: "none" });
    return () => openai.images.generate({ prompt: input.prompt });
  },
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
