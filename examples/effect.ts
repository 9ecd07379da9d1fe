import { GatewayClient } from "@sluice/core/effect";
import * as Effect from "effect/Effect";

const fox = GatewayClient.use((client) => client.textToImage({ prompt: "a red fox in snow", seed: 7 }));
const program = Effect.catchTag(fox, "RateLimited", ({ retryAt }) => Effect.succeed(`come back at ${retryAt}`));
const live = GatewayClient.layer({ gateway: process.env["SLUICE_GATEWAY"], maxCostUsd: "0.05" });
console.log(await Effect.runPromise(Effect.provide(program, live)));
