/** A stranger's program, through the Effect door: an image saved, an error caught by its tag. Prints what it saw. */
import { GatewayClient } from "@sluice/core/effect";
import { startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { readFile } from "node:fs/promises";

const emulator = await startEmulator();
const program = GatewayClient.use((client) =>
  Effect.gen(function* () {
    const { images, meta } = yield* client.textToImage({ prompt: "a red fox in snow", seed: 7 });
    yield* Effect.forEach(images, (image) => client.save(image, "effect.png"));
    const tag = yield* client.textToImage({ prompt: "a red fox", width: 1001 }).pipe(
      Effect.as("no error"),
      Effect.catchTag("InvalidRequest", (error) => Effect.succeed(error._tag)),
    );
    return { attempts: meta.attempts.length, tag };
  }),
);
const seen = await Effect.runPromise(Effect.provide(program, GatewayClient.layer({ gateway: emulator.url })));
const saved = await readFile("effect.png");
console.log(JSON.stringify({ node: process.version, signature: saved.subarray(1, 4).toString("latin1"), ...seen }));
await emulator.close();
