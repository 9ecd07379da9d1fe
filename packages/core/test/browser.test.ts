/** The client of a page: what it takes, what it sends, and what it makes of a proxy's answers. */
import { isGatewayError, LivepeerProxy, type LivepeerProxyOptions, type GatewayError } from "@sluice/core/browser";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, assert, describe, it, vi } from "vitest";

const fox = { prompt: "a fox", seed: 7, width: 64, height: 64 };

const serve = async (listener: RequestListener) => {
  const requests: Array<IncomingMessage> = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, [Symbol.asyncDispose]: close };
};

const errorOf = async (call: Promise<unknown>): Promise<GatewayError> => {
  const error: unknown = await call.then(
    () => assert.fail("the call succeeded"),
    (reason: unknown) => reason,
  );
  if (!isGatewayError(error)) throw error;
  return error;
};

/** The mistakes in options, by their paths. */
const mistakesIn = (options: unknown): Readonly<Record<string, string>> => {
  try {
    new LivepeerProxy(options as LivepeerProxyOptions);
  } catch (error) {
    if (!isGatewayError(error, "InvalidConfiguration")) throw error;
    return Object.fromEntries(error.fields.map(({ path, message, fix }) => [path, [message, fix].join(" | ")]));
  }
  return {};
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the options of a page's client", () => {
  it.each(["apiKey", "routes", "gateway", "gatewayUrl"])("have no %s, and say why", (name) => {
    const found = mistakesIn({ proxyUrl: "https://app.example/api", [name]: "secret-value" });
    assert.deepStrictEqual(Object.keys(found), [name]);
    assert.match(found[name]!, /whoever opens the page can read it \| Leave it out, .* server behind proxyUrl/);
    assert.notInclude(JSON.stringify(found), "secret-value");
  });

  it("have no key for the compiler either", () => {
    // @ts-expect-error a key in a page is everybody's
    assert.throws(() => new LivepeerProxy({ proxyUrl: "https://app.example", apiKey: "key" }));
    // @ts-expect-error so are those of routes
    assert.throws(() => new LivepeerProxy({ proxyUrl: "https://app.example", routes: [] }));
    // @ts-expect-error there is no default
    assert.throws(() => new LivepeerProxy({}));
  });

  it("are told with all their mistakes at once", () => {
    const found = mistakesIn({
      timeoutMs: -1,
      maxCostUsd: "much",
      concurrency: 0,
      maxRetries: -1,
      credentials: "all",
      retries: 3,
    });
    const names = ["concurrency", "credentials", "maxCostUsd", "maxRetries", "proxyUrl", "retries", "timeoutMs"];
    assert.deepStrictEqual(Object.keys(found).sort(), names);
  });

  it.each([
    ["", /is missing \| Give the address of your server/],
    [undefined, /is missing/],
    ["/api/livepeer", /is no URL, nor is there a page/],
    ["ftp://app.example", /must begin with https/],
    ["https://user:pass@app.example", /must not hold a user name or password/],
    ["https://app.example/api?key=1", /must not have a query/],
    ["https://app.example/api/text-to-image", /must end before the pipeline's name/],
  ])("refuse the address %j", (proxyUrl, message) => {
    const found = mistakesIn({ proxyUrl });
    assert.deepStrictEqual(Object.keys(found), ["proxyUrl"]);
    assert.match(found["proxyUrl"]!, message);
    assert.notInclude(found["proxyUrl"], "pass@");
  });

  it.each([
    ["a page", { document: { baseURI: "https://app.example/deep/page" }, location: { href: "about:srcdoc" } }],
    ["a worker", { location: { href: "https://app.example/worker.js" } }],
  ])("have an address that is relative to %s", async (_, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const asked: Array<string> = [];
    vi.stubGlobal("fetch", (url: string) => {
      asked.push(url);
      return Promise.resolve(Response.json({ images: [{ url: "/made/1.png", seed: 1, nsfw: false }] }));
    });
    await using proxy = new LivepeerProxy({ proxyUrl: "/api/livepeer/" });
    const { images } = await proxy.textToImage(fox);
    assert.deepStrictEqual(asked, ["https://app.example/api/livepeer/text-to-image"]);
    assert.strictEqual(images[0]?.url, "https://app.example/made/1.png");
  });
});

describe("a proxy", () => {
  it("is asked as a gateway is, without a key", async () => {
    await using at = await serve((_, response) =>
      response.setHeader("content-type", "application/json").end('{"images":[{"url":"/a.png","seed":1,"nsfw":false}]}'),
    );
    await using proxy = new LivepeerProxy({ proxyUrl: `${at.url}/api` });
    await proxy.textToImage(fox);
    const [request] = at.requests;
    assert.deepInclude(request, { method: "POST", url: "/api/text-to-image" });
    assert.include(request?.headers, { "content-type": "application/json", accept: "application/json" });
    assert.notProperty(request?.headers, "authorization");
  });

  it("is sent cookies as the page says; the hosts of its results are not", async () => {
    const sent: Array<unknown> = [];
    vi.stubGlobal("fetch", (url: string, { credentials }: RequestInit) => {
      sent.push([new URL(url).host, credentials]);
      const body = { images: [{ url: "https://store.example/1.png", seed: 1, nsfw: false }] };
      return Promise.resolve(url.includes("store") ? new Response("png") : Response.json(body));
    });
    for (const credentials of [undefined, "include"] as const) {
      await using proxy = new LivepeerProxy({ proxyUrl: "https://api.example", credentials });
      const { images } = await proxy.textToImage(fox);
      await images[0]?.bytes();
    }
    assert.deepStrictEqual(sent, [
      ["api.example", "same-origin"],
      ["store.example", "same-origin"],
      ["api.example", "include"],
      ["store.example", "same-origin"],
    ]);
  });

  it("that redirects is told so, in a browser that hides where to", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve({ type: "opaqueredirect", status: 0, headers: new Headers(), body: null }),
    );
    await using proxy = new LivepeerProxy({ proxyUrl: "https://api.example", maxRetries: 0 });
    const error = await errorOf(proxy.textToImage(fox));
    assert.deepInclude(error, { _tag: "MalformedResponse" });
    assert.match(error.message, /it redirects/);
  });

  it("that gives no answer is not asked again: the call may have run", async () => {
    await using at = await serve((request) => request.socket.destroy());
    await using proxy = new LivepeerProxy({ proxyUrl: at.url });
    const error = await errorOf(proxy.textToImage(fox));
    assert.deepInclude(error, { _tag: "OutcomeUnknown", mayHaveRun: true });
    assert.lengthOf(at.requests, 1);
    assert.lengthOf(error.attempts, 1);
  });

  it("gives files in pieces, which a slow page holds back and may leave", async () => {
    await using at = await serve((request, response) => {
      if (request.method === "POST") response.end('{"images":[{"url":"/a.png","seed":1,"nsfw":false}]}');
      else response.write("the first bytes of many".padEnd(64));
    });
    await using proxy = new LivepeerProxy({ proxyUrl: at.url });
    const { images } = await proxy.textToImage(fox);
    const reader = (await images[0]!.stream()).getReader();
    assert.strictEqual((await reader.read()).value?.length, 64);
    await reader.cancel();
    while (at.requests[1]?.socket.destroyed !== true) await new Promise((resolve) => setImmediate(resolve));
    assert.notProperty(images[0], "save");
  });

  it("is left by its calls when the client is closed", async () => {
    await using at = await serve(() => undefined);
    const proxy = new LivepeerProxy({ proxyUrl: at.url });
    const error = errorOf(proxy.textToImage(fox));
    while (at.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await proxy.close();
    assert.deepInclude(await error, { _tag: "Aborted", mayHaveRun: true });
    while (at.requests[0]?.socket.destroyed !== true) await new Promise((resolve) => setImmediate(resolve));
  });

  it("is asked again when it says that it was busy, but not when it says not to", async () => {
    for (const [retry, times] of [
      ["true", 2],
      ["false", 1],
    ] as const) {
      await using at = await serve((_, response) => {
        const busy = at.requests.length === 1;
        if (busy) response.writeHead(429, { "retry-after-ms": "1", "x-should-retry": retry });
        response.end('{"images":[{"url":"/a.png","seed":1,"nsfw":false}]}');
      });
      await using proxy = new LivepeerProxy({ proxyUrl: at.url });
      const call = proxy.textToImage(fox);
      if (times === 2) assert.lengthOf((await call).meta.attempts, 2);
      else assert.deepInclude(await errorOf(call), { _tag: "RateLimited", retryable: false });
      assert.lengthOf(at.requests, times);
    }
  });
});

describe("a proxy's refusals", () => {
  const problem = (status: number, title: string, code: string, more: object = {}) => ({
    ...{ status, type: "application/problem+json" },
    body: {
      ...{ type: `https://errors.example/${code}`, title, status, code, detail: `${title} happened`, fix: "Wait." },
      ...{ retryable: true, mayHaveRun: false, attempts: [], error: { message: `${title} happened` }, ...more },
    },
  });
  const json = (status: number, body: object) => ({ status, type: "application/json", body });

  const studio422 = JSON.stringify({ instancePath: "/width", message: "must be number" });

  it.each([
    ["our service, cold", problem(503, "ColdOrNoCapacity", "SLUICE-503-COLD"), "ColdOrNoCapacity"],
    ["our service, a rate", problem(429, "RateLimited", "SLUICE-429-RATE-LIMITED"), "RateLimited"],
    [
      "our service, a field",
      problem(422, "InvalidRequest", "SLUICE-422-INVALID-REQUEST", {
        errors: [{ path: "width", message: "is too small" }],
      }),
      "InvalidRequest",
    ],
    ["go-livepeer, cold", json(503, { error: { message: "no orchestrators available" } }), "ColdOrNoCapacity"],
    ["Studio, a field", json(422, { errors: [studio422] }), "InvalidRequest"],
    ["Studio, no key", json(401, { errors: ["request is not authenticated"] }), "Unauthorized"],
  ])("of %s are known", async (_, { status, type, body }, tag) => {
    await using at = await serve((_request, response) =>
      response
        .writeHead(status, { "content-type": type, "retry-after": "7", "x-request-id": "r1" })
        .end(JSON.stringify(body)),
    );
    await using proxy = new LivepeerProxy({ proxyUrl: at.url, maxRetries: 0 });
    const error = await errorOf(proxy.textToImage(fox));
    assert.strictEqual(error._tag, tag);
    if (status === 429 || status === 503) assert.strictEqual(error.retryAfterMs, 7_000);
  });
});
