/** A receiver that was away: how soon it gets what it has missed. */
import { assert, describe, it } from "vitest";
import type { PostWebhook, WebhookAnswer } from "../../src/alerts/postWebhook.ts";
import { openWebhooks } from "../../src/alerts/Webhooks.ts";
import { makeClock } from "./clock.ts";
import { atOf, makeLog, still } from "./ports.ts";
import { alertOf, webhook } from "./samples.ts";
import { settle, until } from "../turns.ts";

const url = "https://alerts.example/";

/** A webhook that answers what `answer` says to each alert, which a test knows by its number. */
const answering = (answer: (at: number, to: string) => Promise<WebhookAnswer> | WebhookAnswer, urls = [url]) => {
  const clock = makeClock();
  const log = makeLog();
  const tried: Array<number> = [];
  const post: PostWebhook = async (request) => {
    const at = atOf(request);
    tried.push(at);
    return answer(at, request.url);
  };
  const settings = urls.map((one) => webhook(one));
  return { clock, log, tried, webhooks: openWebhooks(settings, { log, ...clock, ...still, post }) };
};

describe("a webhook that takes an alert again", () => {
  it("gets at once what waits for its next try, each alert in its order", async () => {
    let status = 503;
    const { clock, tried, webhooks } = answering(() => ({ status }));
    for (const at of [10, 11, 12]) webhooks.onAlert(alertOf({ name: "A", at }));
    for (const at of [20, 21]) webhooks.onAlert(alertOf({ name: "B", at }));
    await until(() => clock.sleepers.size === 2);
    // Half an hour is the next wait of both.
    for (let tries = 0; tries < 4; tries += 1) {
      clock.next();
      await until(() => clock.sleepers.size === 2);
    }
    const now = clock.now();
    status = 204;
    tried.length = 0;
    webhooks.onAlert(alertOf({ name: "C", at: 30 }));
    await until(() => tried.length === 6);
    await settle();
    assert.strictEqual(clock.now(), now);
    assert.strictEqual(clock.sleepers.size, 0);
    assert.strictEqual(tried[0], 30);
    const ofName = (name: number) => tried.filter((at) => Math.floor(at / 10) === name);
    assert.deepStrictEqual(ofName(1), [10, 11, 12]);
    assert.deepStrictEqual(ofName(2), [20, 21]);
    await webhooks.close();
  });

  it("gets at once what it lost while it took that", async () => {
    let answer: (given: WebhookAnswer) => void = () => assert.fail("nothing was sent");
    const late = new Promise<WebhookAnswer>((resolve) => {
      answer = resolve;
    });
    let isFirst = true;
    const { clock, tried, webhooks } = answering((at) => {
      if (at !== 1 || !isFirst) return { status: 204 };
      isFirst = false;
      return late;
    });
    webhooks.onAlert(alertOf({ name: "A", at: 1 }));
    webhooks.onAlert(alertOf({ name: "B", at: 2 }));
    await settle();
    answer({ status: 504 });
    await settle();
    assert.deepStrictEqual(tried, [1, 2, 1]);
    assert.strictEqual(clock.sleepers.size, 0);
    await webhooks.close();
  });

  it("that asks for a wait meanwhile is not asked before", async () => {
    let answer: (given: WebhookAnswer) => void = () => assert.fail("nothing was sent");
    const late = new Promise<WebhookAnswer>((resolve) => {
      answer = resolve;
    });
    const { clock, tried, webhooks } = answering((at) => (at === 1 ? late : { status: 204 }));
    webhooks.onAlert(alertOf({ name: "A", at: 1 }));
    webhooks.onAlert(alertOf({ name: "B", at: 2 }));
    await settle();
    answer({ status: 429, retryAfter: "60" });
    await settle();
    assert.deepStrictEqual(tried, [1, 2]);
    assert.deepStrictEqual(clock.waits, [60_000]);
    await webhooks.close();
  });

  it("gives up an alert that it never takes no sooner than one that stands alone", async () => {
    const { clock, log, tried, webhooks } = answering((at) => ({ status: at === 1 ? 400 : 204 }));
    const begin = clock.now();
    webhooks.onAlert(alertOf({ name: "A", at: 1 }));
    const isGivenUp = () => log.lines.some(({ tries }) => tries === 10);
    for (let others = 0; others < 20; others += 1) {
      await settle();
      webhooks.onAlert(alertOf({ name: "B", at: 2 }));
    }
    await settle();
    assert.isFalse(isGivenUp());
    while (clock.sleepers.size > 0) {
      clock.next();
      await settle();
      webhooks.onAlert(alertOf({ name: "B", at: 2 }));
      await settle();
    }
    assert.isTrue(isGivenUp());
    const hours = (clock.now() - begin) / 3_600_000;
    assert.closeTo(hours, 75.6, 0.1);
    assert.isAbove(tried.filter((at) => at === 1).length, 20);
    await webhooks.close();
  });

  it("waits as long as it asks for after a try that came early", async () => {
    let retryAfter = "0";
    const { clock, webhooks } = answering((at) => (at === 1 ? { status: 429, retryAfter } : { status: 204 }));
    webhooks.onAlert(alertOf({ name: "A", at: 1 }));
    await settle();
    retryAfter = "60";
    webhooks.onAlert(alertOf({ name: "B", at: 2 }));
    await settle();
    assert.deepStrictEqual(clock.waits, [5_000, 60_000]);
    await webhooks.close();
  });

  it("does not end the waits of another webhook", async () => {
    const other = "https://other.example/";
    const { clock, tried, webhooks } = answering((_, to) => ({ status: to === other ? 503 : 204 }), [url, other]);
    webhooks.onAlert(alertOf({ name: "A", at: 1 }));
    await settle();
    webhooks.onAlert(alertOf({ name: "B", at: 2 }));
    await settle();
    assert.lengthOf(tried, 4);
    assert.strictEqual(clock.sleepers.size, 2);
    await webhooks.close();
  });
});
