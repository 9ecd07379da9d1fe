/** `openai`, with its two retries. */
import { importPeer } from "../../peers.ts";
import { chatModel, imageModel, messages, type Open, prompt } from "./Calls.ts";

export const open: Open = async ({ url, key, timeoutMs }) => {
  const { OpenAI } = (await importPeer("openai")) as OpenAiModule;
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, timeout: timeoutMs });
  return {
    generate: async () => (await client.images.generate({ model: imageModel, prompt })).data?.[0]?.b64_json,
    chat: async (onToken) => {
      const stream = await client.chat.completions.create({ model: chatModel, messages, stream: true });
      for await (const { choices } of stream) {
        const text = choices[0]?.delta.content;
        if (text !== undefined && text !== "") onToken(text);
      }
    },
  };
};

interface OpenAiModule {
  readonly OpenAI: new (options: object) => {
    readonly images: { readonly generate: (input: object) => Promise<Images> };
    readonly chat: { readonly completions: { readonly create: (input: object) => Promise<AsyncIterable<Chunk>> } };
  };
}

interface Images {
  readonly data?: ReadonlyArray<{ readonly b64_json?: string }>;
}

interface Chunk {
  readonly choices: ReadonlyArray<{ readonly delta: { readonly content?: string } }>;
}
