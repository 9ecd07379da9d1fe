/** Asks for one image by Sluice's client, with its defaults; of the gateway that its argument names, if one does. */
import { LivepeerGateway } from "@sluice/core";

const { LIVEPEER_GATEWAY_URL: gatewayUrl, LIVEPEER_API_KEY: apiKey } = process.env;
const [, , name] = process.argv;
await using gateway = new LivepeerGateway({ ...(name === undefined ? {} : { gateway: name }), gatewayUrl, apiKey });
const { images } = await gateway.textToImage({ prompt: "a red fox in snow", width: 64, height: 64 });
console.log((await images[0]?.bytes())?.byteLength);
