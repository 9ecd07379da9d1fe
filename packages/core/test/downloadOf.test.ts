/** Which gateway's key a file is fetched with: that of the gateway whose path it is under, and no other. */
import { isGatewayError, RetryBucket } from "@sluice/errors";
import { resolveGateway } from "@sluice/models";
import { assert, describe, it } from "vitest";
import type { Engine } from "../src/Engine.ts";
import { downloadOf } from "../src/media/downloadOf.ts";
import { targetOf } from "../src/Target.ts";

type Route = Engine["routes"][0];

const routeTo = (gateway: string, key: string | undefined): Route => {
  const resolved = resolveGateway({ gateway });
  if (!resolved.ok) throw new Error(`no gateway: ${gateway}`);
  return { target: targetOf(resolved.profile, key), bucket: RetryBucket.make() } as Route;
};

const transport: Engine["transport"] = { send: () => assert.fail("nothing is sent") };

const downloadFrom = (routes: ReadonlyArray<Route>, url: string) => {
  const download = downloadOf({ transport, routes: routes as Engine["routes"], observers: [] }, { url });
  if (isGatewayError(download)) throw download;
  return download;
};

describe("two gateways on one origin", () => {
  const routes = [
    routeTo("https://both.example/a", "key-a"),
    routeTo("https://both.example/a/b", "key-b"),
    routeTo("https://other.example", "key-c"),
  ];
  it.each([
    ["https://both.example/a/x.png", "key-a"],
    ["https://both.example/a", "key-a"],
    ["https://both.example/a/b/x.png", "key-b"],
    ["https://both.example/a/bb/x.png", "key-a"],
    ["https://both.example/ab/x.png", undefined],
    ["https://both.example/x.png", undefined],
    ["https://both.example/a/../x.png", undefined],
    ["https://both.example/stream/x.png", undefined],
    ["https://other.example/anywhere/x.png", "key-c"],
    ["https://other.example:8443/x.png", undefined],
    ["http://both.example/a/x.png", undefined],
    ["https://elsewhere.example/a/x.png", undefined],
  ])("%s is fetched with %s", (url, key) => {
    const { headers } = downloadFrom(routes, url);
    assert.strictEqual(headers["authorization"], key === undefined ? undefined : `Bearer ${key}`);
    assert.include(headers, { "accept-encoding": "identity" });
  });

  it("each have their own bucket of retries", () => {
    for (const [at, url] of ["https://both.example/a/x", "https://both.example/a/b/x"].entries())
      assert.strictEqual(downloadFrom(routes, url).bucket, routes[at]?.bucket);
  });
});

describe("go-livepeer's files, which are not under the base URL's path", () => {
  const url = "https://both.example/stream/5c3a9f10/9b1de2a4.png";
  it.each([
    ["one gateway", [routeTo("https://both.example/a", "key-a")], "Bearer key-a"],
    [
      "two with one key",
      [routeTo("https://both.example/a", "key-a"), routeTo("https://both.example/b", "key-a")],
      "Bearer key-a",
    ],
    [
      "two with a key each",
      [routeTo("https://both.example/a", "key-a"), routeTo("https://both.example/b", "key-b")],
      undefined,
    ],
    [
      "one with a key and one without",
      [routeTo("https://both.example/a", "key-a"), routeTo("https://both.example/b", undefined)],
      undefined,
    ],
  ] as const)("on the origin of %s", (_, routes, authorization) => {
    assert.strictEqual(downloadFrom(routes, url).headers["authorization"], authorization);
    assert.isUndefined(downloadFrom(routes, "https://both.example/streams/x.png").headers["authorization"]);
  });
});

describe("a host of its own", () => {
  const routes = [routeTo("https://one.example:8443/a", "key"), routeTo("http://[::1]:8935", undefined)];
  it("is told from the gateways', whatever the path", () => {
    assert.deepStrictEqual(downloadFrom(routes, "https://store.example/x").foreign?.gateways, ["one.example", "[::1]"]);
    assert.isUndefined(downloadFrom(routes, "https://one.example:8443/x").foreign);
    assert.isUndefined(downloadFrom(routes, "http://[::1]:8935/x").foreign);
  });

  it("is not what a path alone means", () => {
    assert.strictEqual(downloadFrom(routes, "/stream/x.png").url, "https://one.example:8443/stream/x.png");
  });
});
