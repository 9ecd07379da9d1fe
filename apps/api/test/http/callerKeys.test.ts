import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { problemOf } from "../problems.ts";
import { aKey, generation, serve, small } from "../serve.ts";

const withKeys = (...keys: ReadonlyArray<ReturnType<typeof aKey>>) =>
  serve({}, {}, { configuration: { keys: keys.map(({ entry }) => entry) } });

const web = aKey();
const yesterday = new Date(Date.now() - 86_400_000).toISOString();

describe("a caller", () => {
  const last = web.key.slice(-1);
  const table: ReadonlyArray<readonly [what: string, authorization: string | undefined, sentence: RegExp]> = [
    ["without a key", undefined, /needs a key/],
    ["with an empty header", " ", /needs a key/],
    ["with a password", "Basic dTpw", /must come as `Authorization: Bearer/],
    ["with a bare key", web.key, /must come as `Authorization: Bearer/],
    ["with another service's key", "Bearer sk-proj-1234567890", /mistyped or cut off/],
    ["with a key that is cut off", `Bearer ${web.key.slice(0, -1)}`, /mistyped or cut off/],
    ["with one character wrong", `Bearer ${web.key.slice(0, -1)}${last === "a" ? "b" : "a"}`, /mistyped or cut off/],
    ["with a key that nobody knows", `Bearer ${aKey().key}`, /not known here/],
  ];
  it.each(table)("%s is refused with 401, and the gateway is not asked", async (_, authorization, sentence) => {
    await using service = await withKeys(web);
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await service.app.inject({ ...generation(), headers });
    const problem = problemOf(answer);
    assert.include(problem, { status: 401, code: "SLUICE-401-CALLER-KEY", retryable: false });
    assert.match(problem.detail, sentence);
    assert.strictEqual(answer.headers["www-authenticate"], "Bearer");
    assert.strictEqual(answer.headers["x-should-retry"], "false");
    assert.notInclude(answer.body, web.key.slice(22));
    assert.isEmpty(service.emulator.journal());
  });

  it("with a key that has expired is told so; with the one before a rotation, until it expires, is served", async () => {
    const old = aKey();
    const { id, hash } = old.entry;
    const rotated = (expires: string) =>
      aKey({ name: "batch", previous: { id, hash, created: "2026-01-01", expires } });
    const late = aKey({ name: "late", created: "2026-01-01", expires: yesterday });
    await using service = await withKeys(rotated("2100-01-01"), late);
    assert.strictEqual((await service.app.inject({ ...generation(), headers: old.headers })).statusCode, 200);
    const { status, detail } = problemOf(await service.app.inject({ ...generation(), headers: late.headers }));
    assert.deepStrictEqual([status, detail], [401, "The key has expired."]);
    await using after = await withKeys(rotated(yesterday));
    assert.strictEqual((await after.app.inject({ ...generation(), headers: old.headers })).statusCode, 401);
  });

  it("needs a key on every route but health, the document and files", async () => {
    await using service = await withKeys(web);
    const statuses = async (method: "GET" | "POST", ...urls: ReadonlyArray<string>) =>
      Promise.all(urls.map(async (url) => (await service.app.inject({ method, url })).statusCode));
    const closed = [
      "/sluice/v1/models",
      "/sluice/v1/telemetry",
      "/sluice/v1/requests",
      "/sluice/v1/config",
      "/v1/models",
    ];
    assert.deepStrictEqual(
      await statuses("GET", ...closed),
      closed.map(() => 401),
    );
    const calls = ["/text-to-image", "/llm", "/sluice/v1/estimate", "/v1/chat/completions", "/v1/images/generations"];
    assert.deepStrictEqual(
      await statuses("POST", ...calls),
      calls.map(() => 401),
    );
    assert.deepStrictEqual(
      await statuses("GET", "/livez", "/readyz", "/startupz", "/openapi.json"),
      [200, 200, 200, 200],
    );
  });

  it("is not told of a body's mistakes without a key: it is refused before its body is read", async () => {
    await using service = await withKeys(web);
    const payload = "x".repeat(2_000_000);
    const headers = { "content-type": "application/json" };
    const answer = await service.app.inject({ method: "POST", url: "/text-to-image", payload, headers });
    assert.strictEqual(answer.statusCode, 401);
  });

  it("whose key may not use a pipeline is refused with 403, and told what it may use", async () => {
    const narrow = aKey({ pipelines: ["llm", "text-to-speech"] });
    await using service = await withKeys(narrow);
    const problem = problemOf(await service.app.inject({ ...generation(), headers: narrow.headers }));
    assert.include(problem, { status: 403, code: "SLUICE-403-CALLER-KEY" });
    assert.include(problem.detail, '"web" may not use text-to-image');
    assert.strictEqual(problem.fix, "It may use llm, text-to-speech.");
    const payload = { text: "Good morning" };
    const spoken = { method: "POST", url: "/text-to-speech", payload, headers: narrow.headers } as const;
    assert.strictEqual((await service.app.inject(spoken)).statusCode, 200);
  });

  it("whose key may not use a model is refused with 403, also when it names none; its made-up name is not repeated", async () => {
    const narrow = aKey({ models: ["ByteDance/SDXL-Lightning"] });
    await using service = await withKeys(narrow);
    const ask = async (more: object) =>
      service.app.inject({ ...generation({ ...small, ...more }), headers: narrow.headers });
    assert.strictEqual((await ask({ model_id: "ByteDance/SDXL-Lightning" })).statusCode, 200);
    for (const more of [{}, { model_id: "" }, { model_id: "evil/made-up" }]) {
      const problem = problemOf(await ask(more));
      assert.strictEqual(problem.status, 403);
      assert.notInclude(JSON.stringify(problem), "made-up");
    }
    assert.lengthOf(
      service.emulator.journal().filter(({ method }) => method === "POST"),
      1,
    );
  });

  it("whose key may not use a model does not get it by the operator's choice of models either, nor when the call fails over", async () => {
    const narrow = aKey({ models: ["SG161222/RealVisXL_V4.0_Lightning"] });
    const other = { "text-to-image": "ByteDance/SDXL-Lightning" };
    const configuration = { keys: [narrow.entry] };
    await using chosen = await serve({}, { models: other }, { configuration });
    const refused = problemOf(await chosen.app.inject({ ...generation(), headers: narrow.headers }));
    assert.strictEqual(refused.status, 403);
    assert.isEmpty(chosen.emulator.journal());

    await using second = await startEmulator();
    const routes = [{ gateway: "http://127.0.0.1:9" }, { gateway: second.url, models: other }];
    await using failing = await serve({}, { gateway: undefined, routes }, { configuration });
    const { statusCode } = await failing.app.inject({ ...generation(), headers: narrow.headers });
    assert.strictEqual(statusCode, 502);
    assert.isEmpty(second.journal());
  });

  it("who is no operator does not see what operators see", async () => {
    const operator = aKey({ name: "ops", admin: true });
    await using service = await withKeys(web, operator);
    for (const name of ["telemetry", "requests", "alerts", "config", "launch"]) {
      const url = `/sluice/v1/${name}`;
      assert.strictEqual((await service.app.inject({ method: "GET", url, headers: web.headers })).statusCode, 403, url);
      assert.strictEqual(
        (await service.app.inject({ method: "GET", url, headers: operator.headers })).statusCode,
        200,
        url,
      );
    }
  });
});
