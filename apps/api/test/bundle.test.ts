import { startEmulator } from "@sluice/emulator";
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { startCollector } from "./collector.ts";
import { image } from "./image.ts";
import { small } from "./serve.ts";
import { ship } from "./shipped.ts";
import { askAt } from "./startApi.ts";

let shipped: Awaited<ReturnType<typeof ship>>;
let key = "";
/** A caller with that key. */
let headers: Readonly<Record<string, string>> = {};
/** An environment with the keys' file. */
let withKeys: Readonly<Record<string, string>> = {};

/** What the image's health check says of a service at a port. */
const checkHealth = (port: string) => {
  const [, ...args] = image.healthCheck;
  return spawnSync(process.execPath, args, { env: { PORT: port } }).status;
};

beforeAll(async () => {
  shipped = ship();
  const { stdout } = await shipped.run({}, "key", "new", "--name", "web");
  const [made = "", ...toml] = stdout.split("\n");
  key = made;
  headers = { authorization: `Bearer ${key}` };
  // Else no emulator stands in for a gateway.
  withKeys = { SLUICE_KEYS_FILE: join(shipped.temporary, "keys.toml"), SLUICE_ENVIRONMENT: "development" };
  writeFileSync(join(shipped.temporary, "keys.toml"), toml.join("\n"));
}, 60_000);

afterAll(() => {
  shipped.remove();
});

describe("the service as its image has it", () => {
  it("refuses to start without keys, because it listens to everybody, and without a gateway", async () => {
    const { code, stderr } = await shipped.run({});
    assert.strictEqual(code, 78);
    assert.match(stderr, /HOST.*set keys first/);
    assert.match(stderr, /SLUICE_GATEWAY: is missing/);
  });

  it("checks its configuration, and says no more than that it is right", async () => {
    const { code, stderr } = await shipped.run(withKeys, "--check");
    assert.deepStrictEqual({ code, stderr }, { code: 0, stderr: "✔ the configuration has no mistake\n" });
  });

  it("with keys, serves calls, their files and its documents, and leaves nothing behind when it ends", async () => {
    const before = readdirSync(shipped.temporary);
    await using api = await shipped.start({ ...withKeys, SLUICE_DRAIN_DELAY_SECONDS: "0" });
    const { port } = new URL(api.url);
    const url = `http://127.0.0.1:${port}`;
    assert.strictEqual(checkHealth(port), 0);
    assert.strictEqual((await askAt(url, small)).status, 401);

    const answer = await askAt(url, small, headers);
    assert.strictEqual(answer.status, 200);
    const { images } = (await answer.json()) as { readonly images: readonly [{ readonly url: string }] };
    const file = await fetch(images[0].url, { headers });
    assert.strictEqual(Buffer.from(await file.arrayBuffer()).toString("latin1", 1, 4), "PNG");

    const described = (await (await fetch(`${url}/openapi.json`)).json()) as { readonly paths: object };
    assert.containsAllKeys(described.paths, ["/text-to-image", "/v1/chat/completions"]);
    assert.include(await (await fetch(`${url}/docs/`)).text(), "js/scalar.js");
    const script = await fetch(`${url}/docs/js/scalar.js`);
    assert.isAbove((await script.text()).length, 1_000_000);

    api.signal(image.stopSignal);
    const { code, stderr } = await api.ended;
    assert.strictEqual(code, 0);
    assert.lengthOf(stderr.trim().split("\n"), 2, stderr);
    assert.deepStrictEqual(readdirSync(shipped.temporary), before);
    assert.strictEqual(checkHealth(port), 1);
  });

  it("has the parts that it loads only when they are needed: parsers of audio, and the exporter of telemetry", async () => {
    await using gateway = await startEmulator();
    await using collector = await startCollector();
    await using api = await shipped.start({
      ...{ HOST: "127.0.0.1", SLUICE_GATEWAY: gateway.url, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    const speech = await fetch(`${api.url}/text-to-speech`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "The quick brown fox jumps over the lazy dog." }),
    });
    const { audio } = (await speech.json()) as { readonly audio: { readonly url: string } };
    const form = new FormData();
    form.set("audio", await (await fetch(audio.url)).blob(), "fox.wav");
    const written = await fetch(`${api.url}/audio-to-text`, { method: "POST", body: form });
    assert.strictEqual(written.status, 200, await written.text());
    api.signal(image.stopSignal);
    const { code, stdout } = await api.ended;
    assert.strictEqual(code, 0);
    assert.notInclude(stdout, '"level":50');
    const paths = new Set(collector.deliveries.map(({ path }) => path));
    assert.sameMembers([...paths], ["/v1/metrics", "/v1/traces"]);
  });
});
