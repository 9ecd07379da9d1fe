import { startEmulator } from "@sluice/emulator";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { assert, describe, it } from "vitest";
import { openService } from "../../src/Service.ts";
import { readSettings } from "../../src/settings/readSettings.ts";
import { openUpstream } from "../../src/Upstream.ts";
import { aKey } from "../serve.ts";

/** A secret in each place of a configuration that may have one, and what the configuration then shows. */
const shownWith = async (secrets: Readonly<Record<string, string>>) => {
  await using emulator = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  const { entry, key } = aKey({ admin: true });
  const old = aKey();
  const { id, hash } = old.entry;
  const configuration = {
    ...{ admin: { port: 0 }, maxCostUsd: "0.5" },
    routes: [{ gateway: emulator.url, apiKeyFile: join(folder, "key") }, { gateway: emulator.url }],
    keys: [{ ...entry, previous: { id, hash, created: "2026-01-01", expires: "2100-01-01" } }],
    webhooks: [
      {
        url: `https://hooks.example/${secrets["path"]}?token=${secrets["query"]}`,
        secret: `whsec_${secrets["webhook"]}`,
      },
      { url: `https://hooks.example/services/${secrets["slack"]}`, format: "slack" },
    ],
  };
  try {
    writeFileSync(join(folder, "key"), secrets["file"] ?? "");
    const path = join(folder, "sluice.json");
    writeFileSync(path, JSON.stringify(configuration));
    const env = {
      SLUICE_CONFIG: path,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:9/${secrets["endpoint"]}`,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secrets["header"]}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: "10",
    };
    const reading = readSettings(env);
    if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
    const { settings } = reading;
    const gateway = settings.upstream === "emulator" ? {} : settings.upstream;
    const logger = pino({ level: "silent" });
    const service = await openService(settings, (onEvent) => openUpstream(gateway, onEvent), logger);
    const headers = { authorization: `Bearer ${key}` };
    const { statusCode, body } = await service.app.inject({ method: "GET", url: "/sluice/v1/config", headers });
    await service.close();
    assert.strictEqual(statusCode, 200, body);
    return {
      text: body,
      shown: JSON.parse(body) as Readonly<Record<string, unknown>>,
      hashes: [entry.hash, hash],
      key,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const secrets = {
  file: "sk-file-5f0c1d2e3b4a",
  path: "p4thOfTheHook",
  query: "qu3ryOfTheHook",
  slack: "T000/B000/sl4ckOfTheHook",
  webhook: Buffer.from("the secret of a webhook, long enough").toString("base64"),
  endpoint: "endp0intToken",
  header: "he4derToken",
};

describe("GET /sluice/v1/config", () => {
  it("shows what is in effect, and of no secret a part, wherever it is configured", async () => {
    const { text, shown, hashes, key } = await shownWith(secrets);
    for (const secret of [...Object.values(secrets), ...hashes, key.slice(22)]) {
      for (const form of [
        secret,
        secret.slice(0, 12),
        encodeURIComponent(secret),
        Buffer.from(secret).toString("base64"),
      ]) {
        assert.notInclude(text, form);
      }
    }
    assert.deepInclude(shown, { host: "127.0.0.1", port: 8080, maxCostUsd: "0.5" });
    assert.nestedPropertyVal(shown, "keys[0].name", "web");
    assert.nestedPropertyVal(shown, "webhooks[0].url", "https://hooks.example");
    assert.nestedPropertyVal(shown, "upstream.routes[0].apiKey", "(hidden)");
    assert.deepStrictEqual(shown["telemetry"], ["metrics", "traces"]);
  });
});
