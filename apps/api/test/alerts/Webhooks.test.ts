import * as fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { assert, describe, it } from "vitest";
import type { WebhookRequest } from "../../src/alerts/postWebhook.ts";
import { openWebhooks } from "../../src/alerts/Webhooks.ts";
import { makeClock } from "./clock.ts";
import { atOf, makeLog, posting, postingHeld, still } from "./ports.ts";
import { startReceiver } from "./receiver.ts";
import { alertOf, secret, webhook } from "./samples.ts";
import { settle, until } from "../turns.ts";

describe("an alert", () => {
  it("is delivered so that the reference library takes it for genuine", async () => {
    await using receiver = await startReceiver();
    const { lines, ...log } = makeLog();
    const webhooks = openWebhooks([webhook(receiver.url)], { log });
    webhooks.onAlert(alertOf());
    await until(() => receiver.tries.length === 1);
    await webhooks.close();
    const [{ headers, body } = assert.fail("nothing came")] = receiver.tries;
    const read = new Webhook(secret).verify(body, headers) as { readonly type: string };
    assert.strictEqual(read.type, "alert.firing");
    assert.throws(() => new Webhook(secret).verify(body.replace("firing", "resolved"), headers));
    assert.isEmpty(lines);
  });

  it("comes to Slack without a signature, unless there is a secret", async () => {
    await using receiver = await startReceiver();
    const { secret: _, ...slack } = webhook(receiver.url, { format: "slack" });
    const webhooks = openWebhooks([slack], { log: makeLog() });
    webhooks.onAlert(alertOf());
    await until(() => receiver.tries.length === 1);
    await webhooks.close();
    assert.notProperty(receiver.tries[0]?.headers, "webhook-signature");
    assert.match(receiver.tries[0]?.body ?? "", /^\{"text":"\*Firing/);
  });

  it("is known as delivered once a receiver took it, and not before", async () => {
    const clock = makeClock();
    let status = 500;
    const { post } = posting(() => status);
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log: makeLog(), ...clock, ...still, post });
    webhooks.onAlert(alertOf());
    await until(() => clock.sleepers.size === 1);
    assert.isUndefined(webhooks.takenAt);
    status = 204;
    clock.next();
    await until(() => webhooks.takenAt !== undefined);
    assert.strictEqual(webhooks.takenAt, clock.now());
    await webhooks.close();
  });

  it("that does not fire yet is not told of", async () => {
    const { requests, post } = posting(() => 204);
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log: makeLog(), post });
    webhooks.onAlert(alertOf({ state: "pending" }));
    webhooks.onAlert(alertOf());
    await webhooks.close();
    assert.lengthOf(requests, 1);
  });

  it("is tried ten times over three days, as the same message with a new time, and then given up", async () => {
    await using receiver = await startReceiver(500);
    const clock = makeClock();
    const log = makeLog();
    const webhooks = openWebhooks([webhook(receiver.url)], { log, ...clock, ...still });
    webhooks.onAlert(alertOf());
    for (let tries = 1; tries < 10; tries += 1) {
      await until(() => clock.sleepers.size === 1);
      clock.next();
    }
    await until(() => log.lines.length === 2);
    const minutes = clock.waits.map((ms) => ms / 60_000);
    assert.deepStrictEqual(minutes, [5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440]);
    assert.lengthOf(receiver.tries, 10);
    assert.lengthOf([...new Set(receiver.tries.map(({ headers, body }) => `${headers["webhook-id"]} ${body}`))], 1);
    const stamps = receiver.tries.map(({ headers }) => Number(headers["webhook-timestamp"]));
    assert.strictEqual(stamps.at(-1), Math.floor(clock.now() / 1_000));
    assert.lengthOf([...new Set(receiver.tries.map(({ headers }) => headers["webhook-signature"]))], 10);
    assert.deepStrictEqual(
      log.lines.map(({ reason, tries }) => ({ reason, tries })),
      [
        { reason: "status 500", tries: undefined },
        { reason: undefined, tries: 10 },
      ],
    );
    await webhooks.close();
  });

  it("waits a tenth longer at most, by chance", async () => {
    const clock = makeClock();
    const { post } = posting(() => 500);
    const ports = { log: makeLog(), ...clock, random: () => 0.5, post };
    const webhooks = openWebhooks([webhook("https://alerts.example")], ports);
    webhooks.onAlert(alertOf());
    await until(() => clock.waits.length === 1);
    assert.deepStrictEqual(clock.waits, [5_250]);
    await webhooks.close();
  });

  it.each([
    ["60", 60_000],
    ["1", 5_000],
    ["Mon, 23 Nov 2026 12:01:00 GMT", 60_000],
    ["9999999", 86_400_000],
    ["soon", 5_000],
  ])("is tried again when the receiver says so, Retry-After: %s, where that is later", async (after, wait) => {
    await using receiver = await startReceiver({ status: 429, headers: { "retry-after": after } }, 204);
    const clock = makeClock();
    const webhooks = openWebhooks([webhook(receiver.url)], { log: makeLog(), ...clock, ...still });
    webhooks.onAlert(alertOf());
    await until(() => clock.sleepers.size === 1);
    assert.deepStrictEqual(clock.waits, [wait]);
    clock.next();
    await until(() => receiver.tries.length === 2);
    await webhooks.close();
  });

  it("is taken with 2xx alone: a redirect is a failure", async () => {
    await using receiver = await startReceiver({ status: 302, headers: { location: "/elsewhere" } }, 299);
    const clock = makeClock();
    const webhooks = openWebhooks([webhook(receiver.url)], { log: makeLog(), ...clock, ...still });
    webhooks.onAlert(alertOf());
    await until(() => clock.sleepers.size === 1);
    clock.next();
    await until(() => receiver.tries.length === 2);
    await settle();
    assert.lengthOf(clock.waits, 1);
    assert.deepStrictEqual(
      receiver.tries.map(({ path }) => path),
      ["/hook", "/hook"],
    );
    await webhooks.close();
  });
});

describe("a webhook", () => {
  it("that answers 410 gets no more, with one warning, while the others do", async () => {
    const clock = makeClock();
    const log = makeLog();
    const { requests, post } = posting(({ url, body }) => {
      if (url.includes("other")) return 204;
      return body.includes("Second") ? 410 : 503;
    });
    const urls = ["https://gone.example/", "https://other.example/"];
    const webhooks = openWebhooks(
      urls.map((url) => webhook(url)),
      { log, ...clock, post },
    );
    // The first is waiting for its next try when the second is told that nobody is there.
    for (const name of ["First", "First", "Second"]) webhooks.onAlert(alertOf({ name }));
    await settle();
    webhooks.onAlert(alertOf({ name: "Third" }));
    await settle();
    assert.strictEqual(clock.sleepers.size, 0);
    await webhooks.close();
    const sentTo = (url: string) => requests.filter((request) => request.url === url).length;
    assert.deepStrictEqual(urls.map(sentTo), [2, 4]);
    const said = log.lines.filter(({ webhook: index, msg }) => index === 0 && String(msg).includes("410"));
    assert.lengthOf(said, 1);
    assert.isEmpty(log.lines.filter(({ msg }) => String(msg).includes("not delivered")));
  });

  it("is complained of once, until it takes one again", async () => {
    const clock = makeClock();
    const log = makeLog();
    let status = 500;
    const { post } = posting(() => status);
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, ...clock, post });
    for (const next of [500, 500, 204]) {
      webhooks.onAlert(alertOf({ name: `Alert${next}` }));
      await settle();
      status = next;
    }
    assert.lengthOf(log.lines, 1);
    while (clock.sleepers.size > 0) {
      clock.next();
      await settle();
    }
    status = 500;
    webhooks.onAlert(alertOf());
    await settle();
    assert.lengthOf(log.lines, 2);
    await webhooks.close();
  });

  it("that does not answer keeps the newest hundred, and says how many it dropped", async () => {
    const log = makeLog();
    const { requests, post, answers } = postingHeld();
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, post });
    for (let at = 0; at < 150; at += 1) webhooks.onAlert(alertOf({ at }));
    while (requests.length <= 101 && answers.length > 0) {
      answers.shift()?.();
      await settle();
    }
    assert.deepStrictEqual(requests.map(atOf), [0, ...Array.from({ length: 100 }, (_, at) => at + 50)]);
    assert.deepInclude(log.lines.at(-1), { dropped: 49 });
    await webhooks.close();
  });

  it("that does not answer keeps what is told of the other alerts while one of them is told of without end", async () => {
    const log = makeLog();
    const { post } = posting(() => 503);
    const clock = makeClock();
    const taken: Array<number> = [];
    let isBack = false;
    const noting = (request: WebhookRequest) => {
      if (!isBack) return post(request);
      taken.push(atOf(request));
      return Promise.resolve({ status: 204 });
    };
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, ...clock, ...still, post: noting });
    for (const at of [1, 2]) webhooks.onAlert(alertOf({ name: "Quiet", at }));
    for (let at = 1_000; at < 1_150; at += 1) webhooks.onAlert(alertOf({ name: "Loud", at }));
    // There is no place for the second of these: one that is told of without end makes it, not the quiet one.
    for (const at of [3, 4]) webhooks.onAlert(alertOf({ name: "New", at }));
    await until(() => clock.sleepers.size === 3);
    isBack = true;
    clock.next();
    await until(() => taken.length === 103);
    await webhooks.close();
    assert.deepStrictEqual(
      taken.filter((at) => at < 1_000).toSorted((one, other) => one - other),
      [1, 2, 3, 4],
    );
    const loud = taken.filter((at) => at >= 1_000);
    assert.deepStrictEqual(loud, [1_000, ...Array.from({ length: 98 }, (_, at) => at + 1_052)]);
    const dropped = log.lines.filter((line) => "dropped" in line);
    assert.deepInclude(dropped.at(-1), { alert: "Loud", dropped: 51 });
  });

  it("gets all that is told of an alert in its order, however often it fails in between", async () => {
    const news = fc.array(
      fc.record({
        name: fc.constantFrom("A", "B"),
        state: fc.constantFrom("firing", "resolved"),
        failures: fc.nat({ max: 3 }),
        isTogether: fc.boolean(),
      }),
      { maxLength: 10 },
    );
    const property = fc.asyncProperty(news, async (told) => {
      const clock = makeClock();
      const taken: Array<{ readonly url: string; readonly at: number }> = [];
      const failures = new Map<string, number>();
      const { post } = posting(async (request) => {
        await new Promise((resolve) => setImmediate(resolve));
        const at = atOf(request);
        const failed = failures.get(`${request.url} ${at}`) ?? 0;
        failures.set(`${request.url} ${at}`, failed + 1);
        if (failed < (told[at]?.failures ?? 0)) return 500;
        taken.push({ url: request.url, at });
        return 204;
      });
      const urls = ["https://one.example/", "https://two.example/"];
      const endpoints = urls.map((url) => webhook(url));
      const webhooks = openWebhooks(endpoints, { log: makeLog(), ...clock, post });
      for (const [at, { name, state, isTogether }] of told.entries()) {
        webhooks.onAlert(alertOf({ at, name, state }));
        if (!isTogether) await settle();
      }
      // Each is taken in the end, after 3 failures at most.
      for (let turn = 0; turn < 1_000 && taken.length < urls.length * told.length; turn += 1) {
        if (clock.sleepers.size > 0) clock.next();
        await settle();
      }
      await webhooks.close();
      for (const url of urls) {
        const came = taken.filter((one) => one.url === url).map(({ at }) => at);
        for (const name of ["A", "B"]) {
          const ofName = (at: number) => told[at]?.name === name;
          assert.deepStrictEqual(came.filter(ofName), [...told.keys()].filter(ofName));
        }
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it("shows a log no more of its URL than the origin, and never its secret", async () => {
    await using receiver = await startReceiver(500, 410);
    const clock = makeClock();
    const log = makeLog();
    const secretUrl = `${receiver.url}/T0KEN?key=T0KEN`;
    const broken = "http://127.0.0.1:1/T0KEN";
    const webhooks = openWebhooks([webhook(secretUrl), webhook(broken)], { log, ...clock, ...still });
    webhooks.onAlert(alertOf());
    await until(() => clock.sleepers.size === 2);
    clock.next();
    clock.next();
    await until(() => receiver.tries.length === 2);
    await webhooks.close();
    const text = JSON.stringify(log.lines);
    assert.notInclude(text, "T0KEN");
    assert.notInclude(text, secret);
    const failures = log.lines
      .slice(0, 2)
      .map(({ webhook: index, origin, reason }) => [index, origin, reason].join(" "));
    const { origin } = new URL(receiver.url);
    assert.sameMembers(failures, [`0 ${origin} status 500`, "1 http://127.0.0.1:1 ECONNREFUSED"]);
  });
});
