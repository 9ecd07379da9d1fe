/** Settings with mistakes: every one is told, by its path, with what to do about it. */
import { checkSettings, type GatewayClientSettings, RetryPolicy } from "@sluice/core/effect";
import { isGatewayError, LivepeerGateway, type LivepeerGatewayOptions } from "@sluice/core";
import { assert, describe, it } from "@effect/vitest";
import * as Redacted from "effect/Redacted";

const gateway = "http://a.example";
const studio = "livepeer-studio";

const mistakes: ReadonlyArray<readonly [string, Record<string, unknown>, ReadonlyArray<string>]> = [
  ["a route without its key", { routes: [{ gateway }, { gateway: studio }] }, ["routes.1.apiKey"]],
  ["a route's key with Bearer", { routes: [{ gateway, apiKey: "Bearer k" }] }, ["routes.0.apiKey"]],
  ["a redacted key that is none", { routes: [{ gateway, apiKey: Redacted.make("a b") }] }, ["routes.0.apiKey"]],
  ["a key that is no text", { apiKey: 7 }, ["apiKey"]],
  ["a route's gateway", { routes: [{ gateway: "nope" }] }, ["routes.0.gateway"]],
  ["a route's file", { routes: [{ gateway: "./nowhere.json" }] }, ["routes.0.gateway"]],
  ["a route's unknown setting", { routes: [{ gateway, timeoutMs: 5 }] }, ["routes.0.timeoutMs"]],
  ["a route that is none", { routes: [null, gateway] }, ["routes.0", "routes.1"]],
  ["no route", { routes: [] }, ["routes"]],
  ["routes that are no list", { routes: { gateway } }, ["routes"]],
  ["routes beside a gateway", { gateway, apiKey: "k", routes: [{ gateway }] }, ["gateway", "apiKey"]],
  ["routes beside models", { models: {}, gatewayUrl: gateway, routes: [{ gateway }] }, ["gatewayUrl", "models"]],
  ["a model of no pipeline", { models: { "text-to-vision": "a/b" } }, ["models.text-to-vision"]],
  ["a model that is no name", { models: { llm: "", upscale: "a b" } }, ["models.llm", "models.upscale"]],
  ["a route's model", { routes: [{ gateway, models: { llm: 5 } }] }, ["routes.0.models.llm"]],
  ["models that are no object", { models: ["a/b"] }, ["models"]],
  ["no place at all", { concurrency: 0 }, ["concurrency"]],
  ["half a place", { concurrency: 1.5 }, ["concurrency"]],
  ["places in words", { concurrency: "3" }, ["concurrency"]],
  ["a pace that nobody knows", { gateway, pace: true }, ["pace"]],
  [
    "a pace that nobody knows of a route",
    { routes: [{ gateway: studio, apiKey: "k" }, { gateway }], pace: true },
    ["pace"],
  ],
  ["a pace in words", { pace: "no" }, ["pace"]],
  ["hosts with a scheme", { traceHosts: ["a.example", "https://b.example"] }, ["traceHosts.1"]],
  ["hosts with a path", { traceHosts: ["b.example/x"] }, ["traceHosts.0"]],
  ["hosts in capitals", { traceHosts: ["B.example"] }, ["traceHosts.0"]],
  ["hosts that are no text", { traceHosts: [5] }, ["traceHosts.0"]],
  ["one host", { traceHosts: "b.example" }, ["traceHosts"]],
  ["retries beside a policy", { maxRetries: 3, policy: RetryPolicy.never }, ["maxRetries"]],
  ["retries that are none", { maxRetries: -1 }, ["maxRetries"]],
  ["a time that is none", { timeoutMs: Number.POSITIVE_INFINITY }, ["timeoutMs"]],
  ["a price that is none", { maxCostUsd: "cheap" }, ["maxCostUsd"]],
  ["an environment that is none", { environment: 5 }, ["environment"]],
  ["an observer that is none", { onEvent: "log" }, ["onEvent"]],
  ["hosts with a port that is none", { traceHosts: ["b.example:99999"] }, ["traceHosts.0"]],
  ["what no setting is called", { gatway: gateway, Pace: true }, ["gatway", "Pace"]],
  ["a text", gateway as never, ["settings"]],
  ["a list", [gateway] as never, ["settings"]],
  ["nothing", null as never, ["settings"]],
];

describe("a mistake in the settings is told by its path, with a fix", () => {
  for (const [name, settings, paths] of mistakes) {
    it(name, () => {
      const fields = checkSettings(settings);
      assert.deepStrictEqual(
        fields.map(({ path }) => path),
        paths,
      );
      // A gateway's name says in its sentence what may stand there.
      for (const { path, fix } of fields) if (!path.endsWith("gateway")) assert.match(fix ?? "", /^[A-Z].*\.$/);
    });
  }

  it("with the setting that was probably meant", () => {
    const fixes = checkSettings({ maxCostUSD: 1, Pace: true, colour: "red" } as GatewayClientSettings).map(
      ({ fix }) => fix,
    );
    assert.deepStrictEqual(fixes.slice(0, 2), [
      "Write maxCostUsd, if that was meant, or leave it out.",
      "Write pace, if that was meant, or leave it out.",
    ]);
    assert.match(fixes[2] ?? "", /^Leave it out; the settings are gateway, /);
  });

  it("is thrown for a text too, which was meant as the gateway", () => {
    try {
      new LivepeerGateway("https://gateway.example" as never);
      assert.fail("it was accepted");
    } catch (error) {
      if (!isGatewayError(error, "InvalidConfiguration")) throw error;
      assert.include(error.message, "settings: must be an object");
      assert.include(error.fix, '{ gateway: "https://gateway.example" }');
    }
  });

  it("names the route whose rate limit is not known", () => {
    const routes = [{ gateway: studio, apiKey: "k" }, { gateway }];
    assert.include(checkSettings({ routes, pace: true })[0]?.message, "http://a.example (routes.1)");
  });

  it("is told with all the others", () => {
    const settings = {
      routes: [{ gateway: studio }, { gateway: "nope" }],
      concurrency: -1,
      traceHosts: ["/"],
      timeoutMs: 0,
    };
    const paths = ["routes.0.apiKey", "routes.1.gateway", "timeoutMs", "concurrency", "traceHosts.0"];
    assert.deepStrictEqual(
      checkSettings(settings).map(({ path }) => path),
      paths,
    );
  });

  it("is thrown by the Promise door, without the key", () => {
    const options = { routes: [{ gateway, apiKey: "very secret" }], pace: true } as LivepeerGatewayOptions;
    try {
      new LivepeerGateway(options);
      assert.fail("it was accepted");
    } catch (error) {
      if (!isGatewayError(error, "InvalidConfiguration")) throw error;
      assert.deepStrictEqual(
        error.fields.map(({ path }) => path),
        ["routes.0.apiKey", "pace"],
      );
      assert.notInclude(JSON.stringify(error) + String(error), "very secret");
    }
  });
});

describe("settings without a mistake", () => {
  const good: Readonly<Record<string, GatewayClientSettings>> = {
    none: {},
    "routes with keys and models": {
      routes: [
        { gateway: studio, apiKey: Redacted.make(" sk-1 \n"), models: { "text-to-image": "a/b" } },
        { gateway, models: {} },
      ],
    },
    "a pace that a profile knows": { gateway: studio, apiKey: "k", pace: true },
    "a pace of one's own": {
      gateway: { name: "own", baseUrl: gateway, rateLimit: { requests: 1, perSeconds: 1, of: "key" } },
      pace: true,
    },
    "no pace": { gateway, pace: false },
    hosts: { traceHosts: ["a.example", "a.example:443", "a.example:80", "127.0.0.1:8935", "[::1]:80801".slice(0, 10)] },
    "all the rest": {
      concurrency: 1,
      environment: "",
      timeoutMs: 1,
      maxCostUsd: 0.5,
      maxRetries: 0,
      onEvent: () => undefined,
    },
  };
  for (const [name, settings] of Object.entries(good)) {
    it(`are taken: ${name}`, () => {
      assert.deepStrictEqual(checkSettings(settings), []);
    });
  }
});
