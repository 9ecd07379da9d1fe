/** `@livepeer/ai`. */
import { importPeer } from "../../peers.ts";
import { chatModel, given, imageModel, isChat, messages, prompt } from "./asked.ts";

const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
const { generate } = new Livepeer({
  serverURL: given("LIVEPEER_GATEWAY_URL"),
  httpBearer: given("LIVEPEER_API_KEY"),
});

if (isChat) {
  const { llmResponse } = await generate.llm({ model: chatModel, messages, stream: true });
  console.log(llmResponse.choices[0].message.content);
} else {
  const { imageResponse } = await generate.textToImage({ modelId: imageModel, prompt });
  console.log(imageResponse.images[0].url);
}

interface LivepeerModule {
  readonly Livepeer: new (options: object) => {
    readonly generate: {
      readonly textToImage: (input: object) => Promise<{ readonly imageResponse: Images }>;
      readonly llm: (input: object) => Promise<{ readonly llmResponse: Answer }>;
    };
  };
}

interface Images {
  readonly images: readonly [{ readonly url: string }];
}

interface Answer {
  readonly choices: readonly [{ readonly message: { readonly content: string } }];
}
