/** Clients that send a file from disk in an image-to-image request, each as its own documentation does it. */
import { createReadStream, openAsBlob, statSync } from "node:fs";
import { Agent, request } from "undici";
import { importPeer } from "../peers.ts";
import { sluiceOn } from "./sluiceOn.ts";
import type { Job } from "./process.ts";

const prompt = "a red fox";

export const uploaders: Readonly<Record<string, (origin: string) => Promise<Job>>> = {
  "undici stream": (origin) => {
    const dispatcher = new Agent({ connections: 128 });
    const url = `${origin}/image-to-image`;
    return Promise.resolve(async (path) => {
      const headers = { "content-type": "image/png", "content-length": String(statSync(path).size) };
      const body = createReadStream(path);
      return (await request(url, { method: "POST", headers, body, dispatcher })).body.json();
    });
  },
  sluice: async (origin) => {
    const { client, runtime, toFile } = await sluiceOn(origin);
    return (path) => runtime.runPromise(client.imageToImage({ prompt, image: toFile(path) }));
  },
  "@livepeer/ai": async (origin) => {
    const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
    const livepeer = new Livepeer({ serverURL: origin, httpBearer: "" });
    return async (path) => livepeer.generate.imageToImage({ prompt, image: await openAsBlob(path) });
  },
  openai: async (origin) => {
    const { OpenAI } = (await importPeer("openai")) as OpenAiModule;
    const openai = new OpenAI({ baseURL: origin, apiKey: "none" });
    return (path) => openai.images.edit({ prompt, image: createReadStream(path) });
  },
};

interface LivepeerModule {
  readonly Livepeer: new (options: { readonly serverURL: string; readonly httpBearer: string }) => {
    readonly generate: { readonly imageToImage: (input: object) => Promise<unknown> };
  };
}

interface OpenAiModule {
  readonly OpenAI: new (options: { readonly baseURL: string; readonly apiKey: string }) => {
    readonly images: { readonly edit: (input: object) => Promise<unknown> };
  };
}
