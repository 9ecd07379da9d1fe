/** `ai` with its provider for OpenAI-compatible servers. */
import { importPeer } from "../../peers.ts";
import { chatModel, given, isChat, messages, openaiImageModel, openaiSize, prompt } from "./asked.ts";

const { generateImage, streamText } = (await importPeer("ai")) as AiModule;
const { createOpenAICompatible } = (await importPeer("@ai-sdk/openai-compatible")) as ProviderModule;
const provider = createOpenAICompatible({
  name: "livepeer",
  baseURL: given("OPENAI_BASE_URL"),
  apiKey: given("OPENAI_API_KEY"),
});

if (isChat) {
  // Its `textStream` leaves errors out; this one has them as parts.
  const { stream } = streamText({ model: provider(chatModel), messages });
  for await (const { type, text = "", error } of stream) {
    if (type === "error") throw error;
    if (type === "text-delta") process.stdout.write(text);
  }
} else {
  const model = provider.imageModel(openaiImageModel);
  const { image } = await generateImage({ model, prompt, size: openaiSize });
  console.log(`${image.base64.length} characters of base64`);
}

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
