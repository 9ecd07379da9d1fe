import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, it } from "vitest";
import type { Inside } from "../../src/soak/probe.ts";

const probe = join(import.meta.dirname, "../../src/soak/probe.ts");
const folder = mkdtempSync(join(tmpdir(), "sluice-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Keeps more of everything whenever it is told to. */
const leaky = join(folder, "leaky.mjs");
writeFileSync(
  leaky,
  `import { AsyncResource } from "node:async_hooks";
import { createServer } from "node:net";
const kept = [];
const server = createServer().listen(0, "127.0.0.1");
const leak = () => {
  kept.push(new Array(500_000).fill(kept.length + 0.5), Buffer.alloc(3_000_000));
  for (let left = 7; left > 0; left -= 1) {
    setTimeout(() => undefined, 1e6).unref();
    server.on("connection", () => undefined);
    createServer().listen(0, "127.0.0.1").unref();
    kept.push(new AsyncResource("memory"));
  }
  clearTimeout(setTimeout(() => undefined, 1e6));
};
process.on("message", (what) => { if (what === "leak") leak(); });
process.on("disconnect", () => process.exit());
`,
);

it("tells what was left behind: bytes, buffers, timers that keep nothing alive, servers and listeners", async () => {
  const child = fork(leaky, { execArgv: ["--expose-gc", `--import=${probe}`] });
  const look = async (): Promise<Inside> => {
    // The one of the two messages that is no question is not answered.
    child.send("look");
    const [inside] = (await once(child, "message")) as [Inside];
    return inside;
  };
  const before = await look();
  const still = await look();
  child.send("leak");
  await once(child, "message");
  const after = await look();
  child.disconnect();

  assert.equal(still.timers, before.timers);
  assert.equal(still.listeners, before.listeners);
  assert.equal(after.timers - before.timers, 7);
  assert.isAtLeast(after.listeners, 7);
  // Seven servers, and no `AsyncResource`.
  assert.equal(after.resources - before.resources, 7, JSON.stringify(after.types));
  assert.isAbove(after.heap - before.heap, 3_500_000);
  assert.isAbove(after.buffers - before.buffers, 2_900_000);
  assert.deepEqual(before.warnings, []);
});
