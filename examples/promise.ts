import { LivepeerGateway } from "@sluice/core";

const gateway = new LivepeerGateway({ gateway: process.env["SLUICE_GATEWAY"], maxCostUsd: "0.05" });
const { images, meta } = await gateway.textToImage({ prompt: "a red fox in snow", seed: 7 });
await images[0]?.save("out/fox.png");
console.log(`${meta.attempts.length} attempt(s), $${meta.cost.usd}`);
