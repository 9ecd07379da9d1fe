import dns from "node:dns/promises";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, afterEach, assert, beforeAll, describe, it, vi } from "vitest";
import { InsideAddress } from "../../src/alerts/outsideOnly.ts";
import { postWithin, type WebhookAnswer } from "../../src/alerts/postWebhook.ts";
import { startReceiver } from "./receiver.ts";

/** Names of a test alone: nothing is asked outside of it. */
const names = new Map<string, ReadonlyArray<string>>();

const lookup = (name: string) => {
  const known = names.get(name);
  if (known === undefined) return Promise.reject(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }));
  return Promise.resolve(known.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
};

beforeAll(() => {
  vi.spyOn(dns, "lookup").mockImplementation(lookup as object as typeof dns.lookup);
  syncBuiltinESMExports();
});

afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

afterEach(() => {
  names.clear();
});

const patient = new AbortController().signal;

const failureOf = (answer: Promise<WebhookAnswer>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  );

const requestTo = (url: string, allowPrivate = false, signal = patient) => ({
  ...{ url, allowPrivate, signal },
  headers: { "webhook-id": "msg_1" },
  body: "{}",
});

const post = postWithin(15_000);

describe("a try to deliver a webhook", () => {
  it.each(["127.0.0.1", "127.1", "2130706433", "[::ffff:127.0.0.1]"])("does not reach %s", async (host) => {
    await using receiver = await startReceiver();
    const error = await failureOf(post(requestTo(`http://${host}:${receiver.port}/`)));
    assert.instanceOf(error, InsideAddress);
    assert.isEmpty(receiver.tries);
  });

  it.each([
    ["inside", ["127.0.0.1"]],
    ["inside and outside", ["203.0.114.7", "127.0.0.1"]],
    ["inside, in IPv6's clothes", ["::ffff:127.0.0.1"]],
  ])("does not reach a name that resolves to an address %s", async (_, addresses) => {
    names.set("alerts.example", addresses);
    await using receiver = await startReceiver();
    const error = await failureOf(post(requestTo(`http://alerts.example:${receiver.port}/`)));
    assert.instanceOf(error, InsideAddress);
    assert.isEmpty(receiver.tries);
  });

  it("reaches it where that is allowed, and says what was answered", async () => {
    await using receiver = await startReceiver({ status: 503, headers: { "retry-after": "7" } });
    const answer = await post(requestTo(receiver.url, true));
    assert.deepStrictEqual(answer, { status: 503, retryAfter: "7" });
    assert.include(receiver.tries[0]?.headers, { "webhook-id": "msg_1", "content-type": "application/json" });
  });

  it("fails with the code of a name that nobody knows", async () => {
    assert.propertyVal(await failureOf(post(requestTo("https://nowhere.example/"))), "code", "ENOTFOUND");
  });

  it("follows no redirect", async () => {
    await using receiver = await startReceiver({ status: 307, headers: { location: "/elsewhere" } });
    assert.strictEqual((await post(requestTo(receiver.url, true))).status, 307);
    assert.deepStrictEqual(
      receiver.tries.map(({ path }) => path),
      ["/hook"],
    );
  });

  it("is given up when no answer comes in time", async () => {
    await using receiver = await startReceiver("silent");
    assert.propertyVal(await failureOf(postWithin(30)(requestTo(receiver.url, true))), "name", "AbortError");
  });

  it("ends when it is told to", async () => {
    await using receiver = await startReceiver("silent");
    const ending = new AbortController();
    const failure = failureOf(post(requestTo(receiver.url, true, ending.signal)));
    ending.abort();
    assert.propertyVal(await failure, "name", "AbortError");
  });
});
