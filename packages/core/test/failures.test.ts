import { assert, describe, it } from "@effect/vitest";
import { GatewayClient } from "@sluice/core/effect";
import type { Fault } from "@sluice/emulator";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import { callOn, errorOf } from "./callOn.ts";

interface Expectation {
  readonly fault: Fault;
  readonly tag: string;
  readonly code: string;
  /** What the journal shows. */
  readonly attempts: number;
  readonly cause: RegExp;
}

const key = "sk-live-0123456789abcdef";

const table: ReadonlyArray<Expectation> = [
  {
    fault: { kind: "unauthorized" },
    tag: "Unauthorized",
    code: "SLUICE-401-UNAUTHORIZED",
    attempts: 1,
    cause: /did not accept the API key/,
  },
  {
    fault: { kind: "invalid" },
    tag: "InvalidRequest",
    code: "SLUICE-422-INVALID-REQUEST",
    attempts: 1,
    cause: /width: must be integer \(sent 1024\)/,
  },
  {
    fault: { kind: "null" },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-EMPTY",
    attempts: 7,
    cause: /200 with nothing in it/,
  },
  {
    fault: { kind: "closed" },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-CLOSED",
    attempts: 7,
    cause: /closed the connection without an answer/,
  },
  {
    fault: { kind: "bad-gateway" },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-PROXY",
    attempts: 7,
    cause: /proxy in front/,
  },
  {
    fault: { kind: "web-page" },
    tag: "MalformedResponse",
    code: "SLUICE-502-MALFORMED",
    attempts: 1,
    cause: /web page/,
  },
  {
    fault: { kind: "truncated" },
    tag: "OutcomeUnknown",
    code: "SLUICE-502-OUTCOME-UNKNOWN",
    attempts: 1,
    cause: /in the middle of the answer/,
  },
  {
    fault: { kind: "no-images" },
    tag: "EmptyResult",
    code: "SLUICE-502-EMPTY-RESULT",
    attempts: 1,
    cause: /holds no result/,
  },
  { fault: { kind: "internal" }, tag: "InferenceFailed", code: "SLUICE-500-INFERENCE", attempts: 2, cause: /HTTP 500/ },
  {
    fault: { kind: "retired" },
    tag: "PipelineRetired",
    code: "SLUICE-410-RETIRED",
    attempts: 1,
    cause: /has retired text-to-image/,
  },
  {
    fault: { kind: "rate-limited" },
    tag: "RateLimited",
    code: "SLUICE-429-RATE-LIMITED",
    attempts: 9,
    cause: /limits the rate/,
  },
  {
    fault: { kind: "bad-request" },
    tag: "InvalidRequest",
    code: "SLUICE-422-INVALID-REQUEST",
    attempts: 1,
    cause: /Prompt must be provided/,
  },
  {
    fault: { kind: "retired-text" },
    tag: "PipelineRetired",
    code: "SLUICE-410-RETIRED",
    attempts: 1,
    cause: /has retired text-to-image/,
  },
  {
    fault: { kind: "empty" },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-EMPTY",
    attempts: 7,
    cause: /200 with nothing in it/,
  },
  ...(["gateway-timeout", "origin-timeout"] as const).map((kind) => ({
    fault: { kind },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-PROXY",
    attempts: 7,
    cause: /proxy in front/,
  })),
  ...(["no-result", "reset", "reset-unread"] as const).map((kind) => ({
    fault: { kind },
    tag: "ColdOrNoCapacity",
    code: "SLUICE-503-CLOSED",
    attempts: 7,
    cause: /closed the connection without an answer/,
  })),
  {
    fault: { kind: "reset-body" },
    tag: "OutcomeUnknown",
    code: "SLUICE-502-OUTCOME-UNKNOWN",
    attempts: 1,
    cause: /in the middle of the answer/,
  },
  ...(["moved", "redirect"] as const).map((kind) => ({
    fault: { kind },
    tag: "MalformedResponse",
    code: "SLUICE-502-MALFORMED",
    attempts: 1,
    cause: /it redirects to http:\/\/localhost:\d+\/text-to-image/,
  })),
  {
    fault: { kind: "oversized" },
    tag: "MalformedResponse",
    code: "SLUICE-502-MALFORMED",
    attempts: 1,
    cause: /its answer is longer than 1048576 bytes/,
  },
];

describe("a gateway that never stops failing", () => {
  for (const { fault, tag, code, attempts, cause } of table) {
    it.effect(`${fault.kind} ends in ${code} after ${attempts} attempt(s)`, () =>
      Effect.gen(function* () {
        const { exit, journal } = yield* callOn({
          emulator: { faults: [fault] },
          settings: () => ({ apiKey: key }),
        });
        const error = errorOf(exit);
        assert.strictEqual(error._tag, tag);
        assert.strictEqual(error.code, code);
        assert.match(error.message, cause);
        assert.isNotEmpty(error.fix);
        assert.lengthOf(journal, attempts);
        assert.lengthOf(error.attempts, attempts);
        assert.match(error.requestId ?? "", /^req_[0-9a-f]{16}$/);
        assert.notInclude(JSON.stringify(error) + String(error.stack), key);
      }),
    );
  }

  it.effect("a refused port ends in ConnectionFailed after four quick attempts", () =>
    Effect.gen(function* () {
      const { exit, events } = yield* callOn({ settings: () => ({ gateway: "http://127.0.0.1:9" }) });
      const error = errorOf(exit);
      assert.include(error, { _tag: "ConnectionFailed", code: "SLUICE-502-CONNECTION", reason: "refused" });
      assert.match(error.message, /http:\/\/127\.0\.0\.1:9\/text-to-image.*connection refused/);
      assert.lengthOf(error.attempts, 4);
      assert.isBelow((events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0), 2_000);
    }),
  );

  it.effect("a base URL with a wrong path ends in PipelineNotOffered, which names the URL", () =>
    Effect.gen(function* () {
      const { exit, journal } = yield* callOn({ settings: (url) => ({ gateway: `${url}/api` }) });
      const error = errorOf(exit);
      assert.include(error, { _tag: "PipelineNotOffered", code: "SLUICE-404-PIPELINE" });
      assert.include(error.message, "/api/text-to-image");
      assert.lengthOf(journal, 1);
    }),
  );

  it.effect("a model that no orchestrator has is reported with its name", () =>
    Effect.gen(function* () {
      const { exit } = yield* callOn({ input: { prompt: "x", model_id: "nobody/has-this" } });
      const error = errorOf(exit);
      assert.include(error, { code: "SLUICE-503-CLOSED" });
      assert.include(error.message, "nobody/has-this");
      assert.match(error.fix, /exact spelling/);
    }),
  );
});

describe("a call that fails after an attempt that may have run", () => {
  it.effect("says so, whatever the last attempt was", () =>
    Effect.gen(function* () {
      const faults = [{ kind: "internal", times: 1 }, { kind: "closed" }] as const;
      const error = errorOf((yield* callOn({ emulator: { faults } })).exit);
      assert.include(error, { code: "SLUICE-503-CLOSED", mayHaveRun: true });
    }),
  );

  it.effect("and does not say so when nothing may have", () =>
    Effect.gen(function* () {
      const error = errorOf((yield* callOn({ emulator: { faults: [{ kind: "closed" }] } })).exit);
      assert.include(error, { code: "SLUICE-503-CLOSED", mayHaveRun: false });
    }),
  );

  it.effect("names the last failure when the deadline ends it", () =>
    Effect.gen(function* () {
      const scene = { emulator: { faults: [{ kind: "unavailable" }] }, options: { timeoutMs: 6_000 } } as const;
      const { exit, events } = yield* callOn(scene);
      const error = errorOf(exit);
      assert.strictEqual(error._tag, "DeadlineExceeded");
      assert.include(error.message, "SLUICE-503-COLD");
      assert.match(error.fix, /a model that is warm/);
      for (const event of events) if (event.type === "waiting") assert.isAtMost(event.waitMs ?? Infinity, 6_000);
    }),
  );

  it.effect("ends with its own error rather than wait for a deadline that leaves no room for another attempt", () =>
    Effect.gen(function* () {
      const scene = { emulator: { faults: [{ kind: "closed" }] }, options: { timeoutMs: 6_000 } } as const;
      const { exit, events } = yield* Random.withSeed(callOn(scene), "no room");
      assert.include(errorOf(exit), { code: "SLUICE-503-CLOSED" });
      const end = events.find((event) => event.type === "call-ended");
      assert.isBelow(end?.ms ?? Infinity, 6_000);
    }),
  );
});

describe("a gateway that recovers", () => {
  it.effect("closed sockets, 503s and a 500 on the way still end in an image", () =>
    Effect.gen(function* () {
      const faults = (["closed", "unavailable", "internal", "bad-gateway", "null"] as const).map((kind) => ({
        kind,
        times: 1,
      }));
      const { exit, journal } = yield* callOn({ emulator: { faults } });
      assert.strictEqual(exit._tag, "Success");
      assert.deepStrictEqual(
        journal.map(({ status }) => status),
        [null, 503, 500, 502, 200, 200],
      );
    }),
  );
});

describe("a gateway that repeats the key", () => {
  it.live("has it taken out of its own words, of what the error holds and of what is printed", () =>
    Effect.gen(function* () {
      const echo = yield* Effect.acquireRelease(
        Effect.promise(async () => {
          const server = createServer((request, response) => {
            response.writeHead(400).end(JSON.stringify({ error: { message: `bad ${request.headers.authorization}` } }));
          });
          server.listen(0, "127.0.0.1");
          await once(server, "listening");
          return server;
        }),
        (server) =>
          Effect.sync(() => {
            server.closeAllConnections();
            server.close();
          }),
      );
      const gateway = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
      for (const odd of [key, "sk-~~~???>>>l1ve", `quo"te'd;key,7c1d`]) {
        const call = GatewayClient.use((client) => client.textToImage({ prompt: "a fox" }));
        const error = yield* Effect.flip(Effect.provide(call, GatewayClient.layer({ gateway, apiKey: odd })));
        assert.include(error.message, "bad Bearer <redacted>");
        const all = error.message + JSON.stringify(error) + inspect(error, { depth: 9 });
        for (const part of [odd, odd.slice(-4)]) assert.notInclude(all.replaceAll(gateway, ""), part);
      }
    }),
  );
});
