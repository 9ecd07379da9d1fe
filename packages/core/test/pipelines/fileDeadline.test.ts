/** The time that a file takes is the call's time; the deadline that was asked for is still judged as it was asked for. */
import { assert, it } from "@effect/vitest";
import { GatewayClient, toFile } from "@sluice/core/effect";
import { makeEmulator } from "@sluice/emulator";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { Readable } from "node:stream";

/** A stream that comes when the clock has moved on. */
async function* late(bytes: Uint8Array) {
  const began = Date.now();
  while (Date.now() - began < 3) await new Promise((resolve) => setImmediate(resolve));
  yield bytes;
}

it.live("a file that takes its time does not make a warning of the default deadline", () =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator();
    const client = Context.get(yield* Layer.build(GatewayClient.layer({ gateway: emulator.url })), GatewayClient);
    const { images } = yield* client.textToImage({ prompt: "a fox", width: 64, height: 64 });
    const png = yield* client.download(images[0] ?? { url: "" });
    const image = () => toFile(Readable.from(late(png), { objectMode: false }));
    const { meta } = yield* client.imageToText({ image: image() });
    assert.deepStrictEqual(meta.warnings, []);
    const hurried = yield* client.imageToText({ image: image() }, { timeoutMs: 60_000 });
    assert.deepStrictEqual(
      hurried.meta.warnings.map(({ message }) => message),
      ["is 60000, and a cold model can take 300000 ms"],
    );
  }),
);
