import { assert, describe, it } from "vitest";
import { aKey, generation, serve } from "../serve.ts";
import { until } from "../turns.ts";

const dayMs = 86_400_000;

const at = (url: string, headers: Readonly<Record<string, string>> = {}) => ({ method: "GET", url, headers }) as const;

describe("the operator's listener", () => {
  it("has Prometheus's metrics, and the callers' listener has none", async () => {
    await using service = await serve();
    await service.app.inject(generation());
    const { statusCode, headers, body } = await service.admin.inject(at("/metrics"));
    assert.strictEqual(statusCode, 200);
    assert.match(String(headers["content-type"]), /^text\/plain; version=0\.0\.4/);
    assert.match(body, /^livepeer_\w+\{[^}]*pipeline="text-to-image"[^}]*\} 1$/m);
    assert.strictEqual((await service.app.inject(at("/metrics"))).statusCode, 404);
    assert.strictEqual((await service.admin.inject(generation())).statusCode, 404);
  });

  it("has the age of each key, by its name and its public part, and of one that was rotated the new one's", async () => {
    const old = aKey();
    const { id, hash } = old.entry;
    const created = new Date(Date.now() - 10 * dayMs).toISOString();
    const one = aKey({ name: "one", created });
    const two = aKey({ name: "two", previous: { id, hash, created: "2026-01-01", expires: "2100-01-01" } });
    await using service = await serve({}, {}, { configuration: { keys: [one.entry, two.entry] } });
    const { body } = await service.admin.inject(at("/metrics"));
    const ages = [...body.matchAll(/^livepeer_service_key_age_seconds\{key="(\w+)",id="(\w+)"\} (\d+)$/gm)];
    assert.deepStrictEqual(
      ages.map(([, name, public_]) => [name, public_]),
      [
        ["one", one.entry.id],
        ["two", two.entry.id],
      ],
    );
    assert.strictEqual(Number(ages[0]?.[3]), (10 * dayMs) / 1_000);
    assert.isBelow(Number(ages[1]?.[3]), (2 * dayMs) / 1_000);
  });

  it("asks nobody who is on this machine, and everybody else for an operator's key", async () => {
    const [web, ops] = [aKey(), aKey({ name: "ops", admin: true })];
    const keys = [web.entry, ops.entry];
    await using own = await serve({}, {}, { configuration: { keys } });
    assert.strictEqual((await own.admin.inject(at("/metrics"))).statusCode, 200);
    const admin = { host: "0.0.0.0", port: 0 };
    await using open = await serve({}, {}, { configuration: { keys, admin } });
    for (const url of ["/metrics", "/sluice/v1/config", "/sluice/v1/requests", "/sluice/v1/telemetry"]) {
      assert.strictEqual((await open.admin.inject(at(url))).statusCode, 401, url);
      assert.strictEqual((await open.admin.inject(at(url, web.headers))).statusCode, 403, url);
      assert.strictEqual((await open.admin.inject(at(url, ops.headers))).statusCode, 200, url);
    }
    assert.strictEqual((await open.admin.inject(at("/livez"))).statusCode, 200);
  });

  it("is closed to pages that somebody on this machine has open, also after DNS rebinding", async () => {
    await using service = await serve();
    for (const url of ["/metrics", "/sluice/v1/config", "/sluice/v1/requests"]) {
      const answer = await service.admin.inject(at(url, { origin: "https://evil.example" }));
      assert.notProperty(answer.headers, "access-control-allow-origin", url);
      const rebound = await service.admin.inject(at(url, { host: "evil.example" }));
      assert.strictEqual(rebound.statusCode, 400, url);
    }
  });
});

describe("the probes", () => {
  it("need no key", async () => {
    await using service = await serve({}, {}, { configuration: { keys: [aKey().entry] } });
    for (const url of ["/livez", "/readyz", "/startupz"]) {
      const { statusCode, body } = await service.app.inject(at(url));
      assert.deepStrictEqual([statusCode, body], [200, '{"status":"ok"}']);
    }
  });

  it("say that it is draining as soon as it is told to end, while calls are still taken and finished", async () => {
    const configuration = { drain: { delaySeconds: 1 } };
    await using service = await serve({ latencyMs: 300 }, {}, { configuration });
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const call = fetch(`${url}/text-to-image`, {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify({ prompt: "a red fox", width: 64, height: 64 }),
    });
    await until(() => service.emulator.journal().length === 1);
    const closed = service.close();
    const ready = await fetch(`${url}/readyz`);
    assert.deepStrictEqual([ready.status, await ready.json()], [503, { status: "draining" }]);
    assert.strictEqual((await service.admin.inject(at("/readyz"))).statusCode, 503);
    assert.strictEqual((await fetch(`${url}/livez`)).status, 200);
    assert.strictEqual((await call).status, 200);
    await closed;
  });
});
