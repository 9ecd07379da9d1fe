/** `openai`, which reads OPENAI_BASE_URL and OPENAI_API_KEY itself. */
import { importPeer } from "../../peers.ts";
import { chatModel, isChat, messages, openaiImageModel, openaiSize, prompt } from "./asked.ts";

const { OpenAI } = (await importPeer("openai")) as OpenAiModule;
const client = new OpenAI();

if (isChat) {
  const stream = await client.chat.completions.create({ model: chatModel, messages, stream: true });
  for await (const chunk of stream) process.stdout.write(chunk.choices[0].delta.content ?? "");
} else {
  const image = await client.images.generate({ model: openaiImageModel, prompt, size: openaiSize });
  console.log(`${image.data[0].b64_json.length} characters of base64`);
}

interface OpenAiModule {
  readonly OpenAI: new () => {
    readonly images: { readonly generate: (input: object) => Promise<Images> };
    readonly chat: { readonly completions: { readonly create: (input: object) => Promise<AsyncIterable<Chunk>> } };
  };
}

interface Images {
  readonly data: readonly [{ readonly b64_json: string }];
}

interface Chunk {
  readonly choices: readonly [{ readonly delta: { readonly content?: string | null } }];
}
