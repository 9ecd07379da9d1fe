import { isGatewayError, LivepeerGateway } from "@sluice/core";
import { startEmulator } from "@sluice/emulator";
import { readFileSync, rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";

describe("the Promise door", () => {
  it("makes images, tells what they cost, and saves them", async () => {
    await using emulator = await startEmulator({});
    await using gateway = new LivepeerGateway({ gateway: emulator.url });
    const { images, meta } = await gateway.textToImage({
      prompt: "a fox",
      seed: 7,
      width: 64,
      height: 64,
      num_images_per_prompt: 2,
    });
    assert.deepStrictEqual(
      images.map(({ seed }) => seed),
      [7, 8],
    );
    assert.strictEqual(meta.cost.usd, "0.000155648");
    const folder = mkdtempSync(join(tmpdir(), "sluice-"));
    try {
      await images[0]?.save(join(folder, "fox.png"));
      assert.deepStrictEqual(
        new Uint8Array(readFileSync(join(folder, "fox.png"))),
        new Uint8Array((await images[0]?.bytes()) ?? []),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("rejects with a real Error that says what to do", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "unauthorized" }] });
    await using gateway = new LivepeerGateway({ gateway: emulator.url });
    const error: unknown = await gateway.textToImage({ prompt: "a fox" }).catch((reason: unknown) => reason);
    assert.instanceOf(error, Error);
    assert.isTrue(isGatewayError(error, "Unauthorized"));
    if (isGatewayError(error)) assert.match(error.fix, /LIVEPEER_API_KEY/);
  });

  it("tells observers of each step, and outlives one that throws", async () => {
    await using emulator = await startEmulator({});
    const types: Array<string> = [];
    await using gateway = new LivepeerGateway({
      gateway: emulator.url,
      onEvent: ({ type }) => {
        types.push(type);
        throw new Error("an observer's own trouble");
      },
    });
    await gateway.textToImage({ prompt: "a fox", width: 64, height: 64 });
    assert.deepStrictEqual(types, ["call-started", "attempt-started", "attempt-ended", "call-ended"]);
  });
});
