import { startEmulator } from "@sluice/emulator";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { askAt, startApi } from "./startApi.ts";
import { small } from "./serve.ts";

describe("the service as a process", () => {
  it("without a gateway, or with an empty one, brings an emulator of its own, and says so", async () => {
    await using api = await startApi({ SLUICE_GATEWAY: "", SLUICE_GATEWAY_URL: "", LIVEPEER_API_KEY: "", HOST: "" });
    assert.match(api.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(api.written.stderr, /embedded emulator at (http:\/\/\S+), because no SLUICE_GATEWAY is set/);
    const answer = await askAt(api.url, small);
    assert.strictEqual(answer.status, 200);
    const { images } = (await answer.json()) as { images: [{ url: string; seed: number }] };
    assert.strictEqual(images[0].seed, 7);
    assert.strictEqual((await fetch(images[0].url)).status, 200);
  });

  it("reads an .env file where it starts; what the environment says wins", async () => {
    await using gateway = await startEmulator();
    const folder = mkdtempSync(join(tmpdir(), "sluice-api-"));
    try {
      writeFileSync(join(folder, ".env"), `SLUICE_GATEWAY=go-livepeer\nSLUICE_GATEWAY_URL=${gateway.url}\nPORT=1\n`);
      await using api = await startApi({}, folder);
      assert.include(api.written.stderr, "in front of go-livepeer");
      assert.strictEqual((await askAt(api.url, small)).status, 200);
      assert.strictEqual(gateway.journal()[0]?.path, "/text-to-image");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("stands in front of the gateway that it is given, and says which", async () => {
    await using gateway = await startEmulator();
    await using api = await startApi({ SLUICE_GATEWAY: gateway.url });
    assert.include(api.written.stderr, `in front of ${gateway.url}`);
    assert.strictEqual((await askAt(api.url, small)).status, 200);
    assert.strictEqual(gateway.journal()[0]?.path, "/text-to-image");
  });

  it("warns in its log of a key that is set twice, and shows neither", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      const path = join(folder, "sluice.toml");
      writeFileSync(path, 'gateway = "http://127.0.0.1:9"\napiKeyFile = "/run/secrets/livepeer"\n');
      await using api = await startApi({ SLUICE_CONFIG: path, LIVEPEER_API_KEY: "sk-of-the-environment" });
      api.signal("SIGTERM");
      const { stdout } = await api.ended;
      const [first = ""] = stdout.split("\n");
      assert.include(JSON.parse(first), {
        level: 40,
        msg: "LIVEPEER_API_KEY wins over apiKeyFile of the configuration file, which is not read",
      });
      assert.notInclude(stdout, "sk-of-the-environment");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("writes a line of JSON for each request: method, path, status and duration", async () => {
    await using api = await startApi({});
    await fetch(`${api.url}/livez`);
    await askAt(api.url, { prompt: "" });
    api.signal("SIGTERM");
    const { stdout } = await api.ended;
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === "request");
    assert.deepStrictEqual(
      lines.map(({ method, path, status }) => ({ method, path, status })),
      [
        { method: "GET", path: "/livez", status: 200 },
        { method: "POST", path: "/text-to-image", status: 422 },
      ],
    );
    for (const { ms } of lines) assert.isNumber(ms);
  });
});
