import type { AddressInfo } from "node:net";
import { assert, describe, it } from "vitest";
import { drainable } from "../../src/listener/drain.ts";
import type { Listener } from "../../src/listener/Listener.ts";
import { listenerLimits, type ListenerLimits } from "../../src/listener/limits.ts";
import { dropSlowClients } from "../../src/listener/slowClients.ts";
import { formatAt } from "../../src/openai/formatAt.ts";
import { OpenaiError } from "../../src/openai/openaiError.ts";
import { serve } from "../serve.ts";
import {
  type Answer,
  answersIn,
  get,
  head,
  lastAnswer,
  listen,
  openClient,
  post,
  problemOf,
  standingClock,
} from "./wire.ts";
import { until } from "../turns.ts";

const json = "Content-Type: application/json";
const half = (path: string) => post(path, "{}", json).slice(0, -1);

/** What OpenAI's clients make an exception of; nothing else is in the body. */
const failureOf = ({ headers, body }: Answer) => {
  assert.strictEqual(headers["content-type"], "application/json; charset=utf-8");
  const told: unknown = JSON.parse(body);
  assert.deepStrictEqual(OpenaiError.parse(told), told);
  return OpenaiError.parse(told).error;
};

const assertFailure = (answer: Answer, status: number, code: string, type = "invalid_request_error") => {
  assert.strictEqual(answer.statusCode, status);
  assert.include(failureOf(answer), { code, type, param: null });
  assert.isString(answer.headers["x-request-id"]);
  assert.isString(answer.headers["x-should-retry"]);
};

describe("a request that the whole service refuses before its route", () => {
  const http = "SLUICE-400-HTTP";
  const table: ReadonlyArray<readonly [what: string, request: (path: string) => string, status: number, code: string]> =
    [
      ["two hosts", (path) => get(path, "Host: localhost"), 400, http],
      ["a whole URL", (path) => head(`GET http://localhost:8080${path} HTTP/1.1`, "Host: localhost"), 400, http],
      ["an upgrade", (path) => get(path, "Connection: Upgrade", "Upgrade: websocket"), 400, http],
      ["a tunnel", (path) => head(`CONNECT ${path} HTTP/1.1`, "Host: localhost"), 400, http],
      ["a later HTTP", (path) => head(`GET ${path} HTTP/2.0`, "Host: localhost"), 400, http],
      ["two lengths", (path) => post(path, "{}", json, "Content-Length: 2"), 400, http],
      ["a method that is none", (path) => head(`FETCH ${path} HTTP/1.1`, "Host: localhost"), 400, http],
      ["empty lines before it", (path) => `\r\n\r\n${get(path, "A : b")}`, 400, http],
      [
        "a chunk of no length",
        (path) => `${head(`POST ${path} HTTP/1.1`, "Host: localhost", json, "Transfer-Encoding: chunked")}zz\r\n`,
        400,
        http,
      ],
      ["a long header", (path) => get(path, `A: ${"a".repeat(17_000)}`), 431, "SLUICE-431-HEADERS"],
      ["a long path", (path) => get(path + "a".repeat(17_000)), 431, "SLUICE-431-HEADERS"],
      ["a long query", (path) => get(`${path}?${"a".repeat(17_000)}`), 431, "SLUICE-431-HEADERS"],
      ["a path that cannot be decoded", (path) => get(`${path}/%zz`, "Connection: close"), 400, http],
      [
        "OPTIONS of no page",
        (path) => head(`OPTIONS ${path} HTTP/1.1`, "Host: localhost", "Connection: close"),
        405,
        "SLUICE-405-METHOD",
      ],
    ];
  for (const [what, request, status, code] of table) {
    it(`is told of it as OpenAI does under /v1, and as a problem elsewhere: ${what}`, async () => {
      await using service = await serve();
      await service.app.listen({ host: "127.0.0.1", port: 0 });
      const { port } = service.app.server.address() as AddressInfo;
      assertFailure(await lastAnswer(openClient({ port }, request("/v1/chat/completions"))), status, code);
      for (const path of ["/llm", "/sluice/v1/models"]) {
        assert.include(problemOf(await lastAnswer(openClient({ port }, request(path)))), { status, code });
      }
    });
  }
});

const callsOf = ({ connections }: Listener): number =>
  [...connections.all].reduce((sum, { calls }) => sum + calls.size, 0);

describe("a request under /v1 that the listener refuses", () => {
  const at = (limits: Partial<ListenerLimits> = {}, now = () => 0) =>
    listen({ formatAt, now, limits: { sweepMs: 2, ...limits } }, dropSlowClients);

  it("with 408 is told so in OpenAI's shape when its body does not arrive", async () => {
    const clock = standingClock();
    await using service = await at({}, clock.now);
    const client = service.client(half("/v1/chat/completions"));
    const native = service.client(half("/llm"));
    await until(() => callsOf(service.listener) === 2);
    await clock.pass(listenerLimits.bodyMs);
    assertFailure(await lastAnswer(client), 408, "SLUICE-408-SLOW");
    assert.strictEqual(problemOf(await lastAnswer(native)).status, 408);
  });

  it("with 408 is told so by Node's own clock as well, where the path is known", async () => {
    // The sweep's clock stands, and Node's does not.
    await using service = await at({ headersMs: 300, uploadMs: 300 });
    assertFailure(await lastAnswer(service.client(half("/v1/chat/completions"))), 408, "SLUICE-408-SLOW");
  });

  it("is a problem where nobody can know the path: the headers never ended, or what is too long began before", async () => {
    await using service = await at({ headersMs: 50 });
    const opening = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n";
    assert.strictEqual(problemOf(await lastAnswer(service.client(opening))).status, 408);
    await using patient = await at();
    const client = patient.client(opening);
    await until(() => [...patient.listener.connections.all][0]?.socket.bytesRead === opening.length);
    client.send(`Referer: /v1/models ${"a".repeat(17_000)}\r\n\r\n`);
    assert.strictEqual(problemOf(await lastAnswer(client)).status, 431);
  });

  it("with 503 while the service ends is told so in OpenAI's shape, before and after its body", async () => {
    await using service = await listen({ formatAt }, drainable);
    const sending = service.client(half("/v1/chat/completions"));
    const kept = service.client(get("/held"));
    await until(() => callsOf(service.listener) === 2);
    const end = service.app.close();
    assertFailure(await lastAnswer(sending), 503, "SLUICE-503-DRAINING", "server_error");
    kept.send(get("/v1/models"));
    await until(() => [...service.listener.connections.all][0]?.isRefused === true);
    service.held[0]?.send({});
    const [first, second] = answersIn(await kept.closed);
    assert.strictEqual(first?.statusCode, 200);
    assert.isDefined(second);
    assertFailure(second, 503, "SLUICE-503-DRAINING", "server_error");
    await end;
  });
});
