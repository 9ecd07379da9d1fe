/** `ai` with its provider for OpenAI-compatible servers, and its two retries. */
import { importPeer } from "../../peers.ts";
import { chatModel, imageModel, messages, type Open, prompt } from "./Calls.ts";

export const open: Open = async ({ url, key, timeoutMs }) => {
  const { generateImage, streamText } = (await importPeer("ai")) as AiModule;
  const { createOpenAICompatible } = (await importPeer("@ai-sdk/openai-compatible")) as ProviderModule;
  const provider = createOpenAICompatible({ name: "chaos", baseURL: `${url}/v1`, apiKey: key });
  return {
    generate: async () => {
      const abortSignal = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
      return (await generateImage({ model: provider.imageModel(imageModel), prompt, abortSignal })).image.base64;
    },
    chat: async (onToken) => {
      const { stream } = streamText({ model: provider(chatModel), messages, onError: () => undefined });
      // Its `textStream` leaves errors out; this one has them as parts.
      for await (const { type, text = "", error } of stream) {
        if (type === "error") throw error;
        if (type === "text-delta") onToken(text);
      }
    },
  };
};

interface AiModule {
  readonly generateImage: (input: object) => Promise<{ readonly image: { readonly base64: string } }>;
  readonly streamText: (input: object) => { readonly stream: AsyncIterable<Part> };
}

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly error?: unknown;
}

interface ProviderModule {
  readonly createOpenAICompatible: (
    settings: object,
  ) => ((model: string) => unknown) & { readonly imageModel: (model: string) => unknown };
}
