/** `@livepeer/ai`, with the retries of its README. */
import { importPeer } from "../../peers.ts";
import { chatModel, imageModel, messages, type Open, prompt } from "./Calls.ts";

export const open: Open = async ({ url, key, timeoutMs }) => {
  const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
  const { generate } = new Livepeer({
    serverURL: url,
    httpBearer: key,
    retryConfig: { strategy: "backoff", retryConnectionErrors: false },
    timeoutMs,
  });
  return {
    generate: async () => (await generate.textToImage({ modelId: imageModel, prompt })).imageResponse?.images[0]?.url,
    chat: async () => {
      // It has no way to give tokens as they come.
      await generate.llm({ model: chatModel, messages, stream: true });
    },
  };
};

interface LivepeerModule {
  readonly Livepeer: new (options: object) => {
    readonly generate: {
      readonly textToImage: (input: object) => Promise<{
        readonly imageResponse?: { readonly images: ReadonlyArray<{ readonly url: string }> };
      }>;
      readonly llm: (input: object) => Promise<unknown>;
    };
  };
}
