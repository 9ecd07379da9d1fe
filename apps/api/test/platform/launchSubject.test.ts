import { livepeerCloud, livepeerStudio } from "@sluice/models";
import { LaunchSettings } from "@sluice/readiness";
import { assert, describe, it, onTestFinished } from "vitest";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Known, subjectOf } from "../../src/platform/launchSubject.ts";
import type { ConfigurationInput } from "../../src/settings/Configuration.ts";
import { secret } from "../alerts/samples.ts";
import { aKey, settingsOf } from "../serve.ts";

const now = Date.parse("2026-11-24T12:00:00Z");

const told = (configuration: ConfigurationInput = {}, more: Partial<Known> = {}) => {
  const settings = settingsOf(configuration);
  const known = { now, settings, profiles: [livepeerStudio], calls: [], metrics: "", deliveredAt: undefined, ...more };
  return subjectOf(known, LaunchSettings.parse({}));
};

const serviceOf = (...given: Parameters<typeof told>) => told(...given).service ?? assert.fail("it is no service");

const folderWith = (file: string, content: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, file), content);
  return join(folder, file);
};

describe("what a service tells of itself for a launch", () => {
  it("is its configuration in effect, and what it has counted", () => {
    const webhooks = [{ url: "https://hooks.example/sluice", secret }];
    const configuration = { timeoutMs: 60_000, maxRetries: 3, maxCostUsd: "0.05", webhooks };
    const { alerts, ...service } = serviceOf(configuration, { metrics: "livepeer_calls 1\n", deliveredAt: now });
    assert.deepStrictEqual(service, {
      gateways: [{ name: livepeerStudio.name, baseUrl: livepeerStudio.baseUrl }],
      ...{ timeoutMs: 60_000, maxRetries: 3, maxCostUsd: "0.05" },
      ...{ limitsKeys: false, webhooks: 1, deliveredAt: now, metrics: "livepeer_calls 1\n" },
    });
    assert.includeMembers([...alerts], ["LivepeerUnavailable", "LivepeerServerErrors"]);
  });

  it("leaves out what is not set", () => {
    assert.doesNotHaveAnyKeys(serviceOf(), ["maxRetries", "maxCostUsd", "deliveredAt"]);
  });

  it("names the alerts of its own objectives", () => {
    const alert = { name: "Fails", severity: "page", summary: "It fails.", above: "1%", within: "5m", minimum: 1 };
    const objective = { name: "failures", of: "attempts", bad: { class: ["server-error"] }, alerts: [alert] };
    const slo = folderWith("slo.json", JSON.stringify({ version: 1, objectives: [objective] }));
    assert.deepStrictEqual(serviceOf({ slo }).alerts, ["Fails"]);
  });

  it("limits keys where each caller's has a limit; an operator's needs none", () => {
    const limits = { requestsPerMinute: 60 };
    const limited = aKey({ name: "web", limits }).entry;
    const open = aKey({ name: "app" }).entry;
    const operator = aKey({ name: "ops", admin: true }).entry;
    assert.isTrue(serviceOf({ keys: [limited, operator] }).limitsKeys);
    assert.isFalse(serviceOf({ keys: [limited, open] }).limitsKeys);
    assert.isFalse(serviceOf({ keys: [operator] }).limitsKeys);
    assert.isFalse(serviceOf().limitsKeys);
  });

  it("names each gateway once, however many routes go to it, and of its key what is known: no age, and no text", () => {
    const apiKeyFile = folderWith("key", "a-key-of-the-gateway");
    const [studio, cloud] = [{ gateway: "livepeer-studio", apiKeyFile }, { gateway: "livepeer-cloud" }];
    const routes = [studio, { ...studio, models: { llm: "a/b" } }, cloud];
    const { service, keys } = told({ routes }, { profiles: [livepeerStudio, livepeerStudio, livepeerCloud] });
    const { name, baseUrl } = livepeerStudio;
    assert.deepStrictEqual(
      service?.gateways.map((one) => one.name),
      [name, livepeerCloud.name],
    );
    assert.deepStrictEqual(keys, [{ name, gateway: name, baseUrl }]);
  });

  it("has the age of each caller's key that still opens: since its rotation", () => {
    const old = aKey().entry;
    const previous = { id: old.id, hash: old.hash, created: "2026-01-01", expires: "2100-01-01" };
    const web = aKey({ name: "web", created: "2026-10-01", previous }).entry;
    const gone = aKey({ name: "gone", created: "2026-01-01", expires: "2026-11-24T12:00:00Z" }).entry;
    assert.deepStrictEqual(told({ keys: [web, gone] }).keys, [
      { name: "caller's key web", since: Date.parse("2026-10-01"), kind: "backend" },
    ]);
  });

  it("takes a key that pages may use for a browser's, and another for a server's", () => {
    const created = "2026-10-01";
    const page = aKey({ name: "page", created, origins: ["https://app.example"] }).entry;
    const { keys, settings } = told({ keys: [page, aKey({ name: "web", created }).entry] });
    assert.deepStrictEqual(
      keys.map(({ name, kind }) => [name, kind]),
      [
        ["caller's key page", undefined],
        ["caller's key web", "backend"],
      ],
    );
    assert.deepStrictEqual(settings.keys, [
      { name: "caller's key page", rotated: Date.parse(created), kind: "browser" },
    ]);
  });
});
