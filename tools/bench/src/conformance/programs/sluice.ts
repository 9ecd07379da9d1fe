/** Our own client. */
import { LivepeerGateway } from "@sluice/core";
import { given, isChat, messages, prompt } from "./asked.ts";

await using gateway = new LivepeerGateway({
  gatewayUrl: given("LIVEPEER_GATEWAY_URL"),
  apiKey: given("LIVEPEER_API_KEY"),
});

if (isChat) {
  for await (const { text } of gateway.chat({ messages, stream: true })) process.stdout.write(text);
} else {
  const { images } = await gateway.textToImage({ prompt });
  console.log(images[0]?.url);
}
