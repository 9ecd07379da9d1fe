/** Our own client. */
import { LivepeerGateway } from "@sluice/core";
import { messages, type Open, prompt } from "./Calls.ts";

export const open: Open = ({ url, key, timeoutMs }) => {
  const gateway = new LivepeerGateway({ gateway: url, apiKey: key, timeoutMs });
  return Promise.resolve({
    generate: async () => (await gateway.textToImage({ prompt })).images[0]?.url,
    chat: async (onToken) => {
      for await (const { text } of gateway.chat({ messages, stream: true })) onToken(text);
    },
  });
};
