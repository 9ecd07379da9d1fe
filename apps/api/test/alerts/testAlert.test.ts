import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { assert, describe, it } from "vitest";
import { postWithin } from "../../src/alerts/postWebhook.ts";
import { sendTestAlerts } from "../../src/alerts/testAlert.ts";
import type { WebhookSettings } from "../../src/alerts/WebhookSettings.ts";
import { runApi } from "../startApi.ts";
import { startReceiver, type Try } from "./receiver.ts";
import { secret, webhook } from "./samples.ts";

/** In milliseconds: enough for all that answer. */
const patience = 10_000;

const testWithin = (ms: number, ...webhooks: ReadonlyArray<WebhookSettings>) =>
  sendTestAlerts(webhooks, { now: Date.now, post: postWithin(ms) });

const test = (...webhooks: ReadonlyArray<WebhookSettings>) => testWithin(patience, ...webhooks);

const linesOf = async (...webhooks: ReadonlyArray<WebhookSettings>): Promise<ReadonlyArray<string>> =>
  (await test(...webhooks)).map(({ line }) => line);

/** What a receiver reads, once the signature is right. */
const readIn = ({ headers, body }: Try) =>
  new Webhook(secret).verify(body, headers) as { readonly type: string; readonly data: object };

describe("a test of webhooks", () => {
  it("tells of an alert that says it is a test, and that it is over, signed as any", async () => {
    await using receiver = await startReceiver();
    const { origin, host } = new URL(receiver.url);
    assert.deepStrictEqual(await test(webhook(receiver.url)), [
      { isTaken: true, host, line: `✔ webhooks.0  ${origin}  status 204` },
    ]);
    const read = receiver.tries.map(readIn);
    assert.deepStrictEqual(
      read.map(({ type }) => type),
      ["alert.firing", "alert.resolved"],
    );
    for (const { data } of read) {
      assert.deepInclude(data, { name: "SluiceTest", severity: "ticket" });
      assert.match(String("summary" in data && data.summary), /^This is a test.*Nothing is wrong\.$/);
    }
  });

  it("has Slack's form where that is set", async () => {
    await using receiver = await startReceiver();
    await test(webhook(receiver.url, { format: "slack" }));
    const { text } = JSON.parse(receiver.tries[0]?.body ?? "") as { readonly text: string };
    assert.deepStrictEqual(text.split("\n").slice(0, 2), [
      "*Firing (ticket): SluiceTest*",
      "This is a test, sent by `sluice-api alerts test`. Nothing is wrong.",
    ]);
  });

  it.each([500, 302, 410])("is not taken with %i, and is sent once", async (status) => {
    await using receiver = await startReceiver(status, 204);
    const [tested] = await test(webhook(receiver.url));
    assert.isFalse(tested?.isTaken);
    assert.match(tested.line, new RegExp(`^✗ .*  status ${status}$`));
    assert.lengthOf(receiver.tries, 1);
  });

  it("is not taken when the end of the alert is not", async () => {
    await using receiver = await startReceiver(204, 500);
    assert.match((await linesOf(webhook(receiver.url))).join(), /^✗ .*  status 500$/);
  });

  it("says of each what was wrong, in their order, and no more of its URL than the origin", async () => {
    await using failing = await startReceiver(500);
    await using taking = await startReceiver();
    await using closed = await startReceiver();
    await closed[Symbol.asyncDispose]();
    const inside = { ...webhook(`${taking.url}/t0ken`), allowPrivate: false };
    const lines = await linesOf(webhook(failing.url), webhook(closed.url), inside, webhook(taking.url));
    assert.deepStrictEqual(
      lines.map((line) => line.split("  ")[2]),
      ["status 500", "ECONNREFUSED", "its host is inside a network; set allowPrivate if that is meant", "status 204"],
    );
    assert.deepStrictEqual(
      lines.map((line) => line.split("  ")[0]),
      ["✗ webhooks.0", "✗ webhooks.1", "✗ webhooks.2", "✔ webhooks.3"],
    );
    assert.notMatch(lines.join(), /hook$|t0ken/m);
    assert.lengthOf(taking.tries, 2);
  });

  it("is not taken by one that is silent", async () => {
    await using silent = await startReceiver("silent");
    const [tested] = await testWithin(50, webhook(silent.url));
    assert.match(tested?.line ?? "", /^✗ webhooks\.0 .* no answer in time$/);
  });
});

describe("sluice-api alerts test", () => {
  const run = async (webhooks: ReadonlyArray<object>) => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      const path = join(folder, "sluice.json");
      writeFileSync(path, JSON.stringify({ webhooks }));
      return await runApi({}, "alerts", "test", "--config", path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("ends with 0 when all took it", async () => {
    await using receiver = await startReceiver(200);
    const { code, stdout, stderr } = await run([{ url: receiver.url, secret, allowPrivate: true }]);
    assert.deepStrictEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.strictEqual(stdout, `✔ webhooks.0  ${new URL(receiver.url).origin}  status 200\n`);
  });

  it("ends with 1 when one did not", async () => {
    await using taking = await startReceiver(200);
    await using failing = await startReceiver(503);
    const { code, stdout } = await run([taking, failing].map(({ url }) => ({ url, secret, allowPrivate: true })));
    assert.strictEqual(code, 1);
    assert.match(stdout, /^✔ webhooks\.0 .* status 200\n✗ webhooks\.1 .* status 503\n$/);
  });

  it("ends with 78 where there is no webhook, and says so", async () => {
    const { code, stdout, stderr } = await run([]);
    assert.deepStrictEqual({ code, stdout }, { code: 78, stdout: "" });
    assert.match(stderr, /^✗ there is nobody to tell of an alert: .*\[\[webhooks\]\]\n$/);
  });
});
