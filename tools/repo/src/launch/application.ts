/** The application that is to be launched: one image, by this repository's own client, as any team would write it. */
import { LivepeerGateway } from "@sluice/core";

const gateway = new LivepeerGateway({
  gateway: process.env["LIVEPEER_GATEWAY_URL"],
  apiKey: process.env["LIVEPEER_API_KEY"],
});
const { images, meta } = await gateway.textToImage({ prompt: "a red fox in snow", seed: 7 });
console.log(`${images.length} image, ${meta.attempts.length} attempts`);
