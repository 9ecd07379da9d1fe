/** Who reads may stop reading: `sluice … | head -1`. What is paid for is saved all the same. */
import { startEmulator } from "@sluice/emulator";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { start } from "./sluice.ts";

describe("a call goes on, and its image is saved, when nobody reads", () => {
  it.each(["stdout", "stderr"] as const)("%s any more", async (stream) => {
    using folder = temporaryFolder();
    await using emulator = await startEmulator({ latencyMs: 300 });
    const args = ["gen", "t2i", "a fox", "-W", "64", "-H", "64", "-g", emulator.url, "-o", join(folder.path, "out")];
    const child = start([...args, ...(stream === "stdout" ? ["--json"] : [])]);
    await once(child[stream] ?? child, "data");
    child[stream]?.destroy();
    const [code] = (await once(child, "exit")) as [number | null];
    assert.strictEqual(code, 0);
    assert.lengthOf(readdirSync(join(folder.path, "out")), 1);
  });
});

it("watching ends when nobody reads any more", async () => {
  await using emulator = await startEmulator({ operatorPort: 0 });
  const network = emulator.operatorUrl ?? "";
  const child = start(["models", "watch", "--network", network, "--every", "50ms", "--json"]);
  await once(child.stdout ?? child, "data");
  child.stdout?.destroy();
  const [code] = (await once(child, "exit")) as [number | null];
  assert.strictEqual(code, 0);
});
