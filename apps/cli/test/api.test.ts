/** `sluice api`: the service as the command line starts it. What the service does is tested in apps/api. */
import { startEmulator } from "@sluice/emulator";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { ended, eventsOf, resultOf, sluice, start } from "./sluice.ts";
import { checkPrinted } from "./printed.ts";
import { openTerminal, small } from "./terminal.ts";

const anyPort = { PORT: "0", SLUICE_ADMIN_PORT: "0", HOST: "127.0.0.1", SLUICE_DRAIN_DELAY_SECONDS: "0" };

describe("sluice api", () => {
  it("serves calls until it is told to end, and ends with 0", async () => {
    await using gateway = await startEmulator();
    const child = start(["api", "--json"], { ...anyPort, SLUICE_GATEWAY: gateway.url });
    const end = ended(child);
    const [first] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const line = first
      .toString()
      .split("\n")
      .find((one) => one.includes("listening"));
    const { url, docs } = JSON.parse(line ?? "{}") as { readonly url: string; readonly docs: string };
    assert.strictEqual(docs, `${url}/docs`);
    const answer = await fetch(`${url}/text-to-image`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: "a fox", width: 64, height: 64 }),
    });
    assert.strictEqual(answer.status, 200, await answer.text());
    child.kill("SIGTERM");
    const all = await end;
    assert.strictEqual(all.code, 0);
    assert.strictEqual(all.stderr, "");
    checkPrinted(all.stdout);
    assert.deepInclude(resultOf(all), { command: "api", ok: true, checked: false });
    assert.isAbove(eventsOf(all).length, 1);
  });

  it("says on a terminal where it listens and what stands behind it", async () => {
    await using gateway = await startEmulator();
    const size = { columns: 160, rows: small.rows };
    const screen = openTerminal(["api"], { ...anyPort, SLUICE_GATEWAY: gateway.url, LOG_LEVEL: "silent" }, size);
    await screen.shows("metrics");
    assert.include(screen.text(), `in front of ${gateway.url}`);
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 0);
  });

  it("checks the configuration, and names each mistake", async () => {
    const right = await sluice(["api", "--check"], { SLUICE_ENVIRONMENT: "development" });
    assert.deepStrictEqual([right.code, right.stdout], [0, ""]);
    assert.include(right.stderr, "✔ the configuration has no mistake");
    using folder = temporaryFolder();
    const file = join(folder.path, "api.toml");
    writeFileSync(file, "colour = 3\n");
    const wrong = await sluice(["api", "--check", "--config", file], { PORT: "many" });
    assert.strictEqual(wrong.code, 2);
    assert.match(wrong.stderr, /✗ SLUICE-CONFIG {2}\d+ mistakes[^]*colour[^]*sluice api --check/);
    const told = await sluice(["api", "--check", "--config", file, "--json"], { PORT: "many" });
    assert.deepInclude(resultOf(told), { ok: false, code: "SLUICE-CONFIG" });
  });

  it("says that a port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = String((other.address() as AddressInfo).port);
    await using gateway = await startEmulator();
    const { code, stderr } = await sluice(["api"], { ...anyPort, PORT: port, SLUICE_GATEWAY: gateway.url });
    other.close();
    assert.strictEqual(code, 1);
    assert.match(stderr, /✗ SLUICE-PORT {2}port \d+ is taken by another process: set PORT/);
  });

  it("makes keys for callers", async () => {
    const { code, stdout, stderr } = await sluice(["api", "key", "new", "--name", "web", "--test"]);
    assert.deepStrictEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^slk_test_\w+\n\n\[\[keys\]\]\nname = "web"\n/);
    const result = resultOf(await sluice(["api", "key", "new", "--json"]));
    assert.match(String(result["key"]), /^slk_live_/);
    assert.include(String(result["key"]), String(result["id"]));
    const unnamed = await sluice(["api", "key", "new", "--name", "no name!"]);
    assert.strictEqual(unnamed.code, 2);
    assert.include(unnamed.stderr, "--name");
  });

  it("tests the webhooks: there are none, or what each answers", async () => {
    const { code, stderr } = await sluice(["api", "alerts", "test"], { SLUICE_ENVIRONMENT: "development" });
    assert.strictEqual(code, 2);
    assert.include(stderr, "[[webhooks]]");
  });
});
