/** A stranger's program, through the Promise door: an image saved, an error told by its tag. Prints what it saw. */
import { isGatewayError, LivepeerGateway } from "@sluice/core";
import { startEmulator } from "@sluice/emulator";
import { readFile } from "node:fs/promises";

const emulator = await startEmulator();
const gateway = new LivepeerGateway({ gateway: emulator.url });
const { images, meta } = await gateway.textToImage({ prompt: "a red fox in snow", seed: 7 });
await images[0]?.save("promise.png");
const saved = await readFile("promise.png");
const error: unknown = await gateway
  .textToImage({ prompt: "a red fox", width: 1001 })
  .catch((reason: unknown) => reason);
console.log(
  JSON.stringify({
    node: process.version,
    signature: saved.subarray(1, 4).toString("latin1"),
    attempts: meta.attempts.length,
    tag: isGatewayError(error, "InvalidRequest") ? error._tag : String(error),
  }),
);
await gateway.close();
await emulator.close();
