import { assert, describe, it } from "vitest";
import { refusals } from "../src/http/Refusal.ts";
import { fieldsOf, problemOf } from "./problems.ts";
import { generation, serve, small } from "./serve.ts";

describe("a request with mistakes", () => {
  const table: ReadonlyArray<readonly [what: string, payload: object, fields: ReadonlyArray<string>]> = [
    ["no prompt", {}, ["prompt"]],
    ["an empty prompt", { prompt: " " }, ["prompt"]],
    ["a number for a prompt", { prompt: 3 }, ["prompt"]],
    ["a width that is no multiple of 8", { ...small, width: 1001 }, ["width"]],
    ["a height in quotes", { ...small, height: "512" }, ["height"]],
    ["too many images", { ...small, num_images_per_prompt: 13 }, ["num_images_per_prompt"]],
    ["a seed below zero", { ...small, seed: -1 }, ["seed"]],
    ["a model id with spaces", { ...small, model_id: " " }, ["model_id"]],
    ["LoRAs that are not JSON", { ...small, loras: "{" }, ["loras"]],
    ["a misspelt field", { ...small, widht: 64 }, ["widht"]],
    ["several mistakes", { prompt: "", width: 1, steps: 4 }, ["prompt", "width", "steps"]],
  ];
  for (const [what, payload, fields] of table) {
    it(`is refused with 422, and each field is named: ${what}`, async () => {
      await using service = await serve();
      const problem = problemOf(await service.app.inject(generation(payload)));
      assert.include(problem, {
        status: 422,
        title: "InvalidRequest",
        code: "SLUICE-422-INVALID-REQUEST",
        retryable: false,
      });
      assert.sameMembers([...new Set(fieldsOf(problem))], [...fields]);
      for (const field of fields) assert.include(problem.detail, field);
      assert.isEmpty(problem.attempts);
      assert.isEmpty(service.emulator.journal());
    });
  }

  for (const payload of ["null", "[]", '"a red fox"', "3"]) {
    it(`is refused with 422 when it is no object: ${payload}`, async () => {
      await using service = await serve();
      const headers = { "content-type": "application/json" };
      const answer = await service.app.inject({ method: "POST", url: "/text-to-image", headers, payload });
      assert.strictEqual(problemOf(answer).status, 422);
      assert.isEmpty(service.emulator.journal());
    });
  }
});

describe("a body that cannot be read", () => {
  const post = (type: string, payload: string) =>
    ({ method: "POST", url: "/text-to-image", headers: { "content-type": type }, payload }) as const;
  const json = JSON.stringify(small);

  const table = [
    ["broken JSON", post("application/json", '{"prompt":'), 400, refusals.http],
    ["no JSON at all", post("application/json", ""), 400, refusals.http],
    [
      "a prototype in disguise",
      post("application/json", '{"prompt":"a","__proto__":{"width":64}}'),
      400,
      refusals.http,
    ],
    ["XML", post("application/xml", "<prompt/>"), 415, refusals.media],
    ["a form", post("application/x-www-form-urlencoded", "prompt=a+fox"), 415, refusals.media],
    ["a multipart form", post("multipart/form-data; boundary=x", "--x--"), 415, refusals.media],
    ["JSON that says it is text", post("text/plain", json), 415, refusals.media],
    [
      "more than a mebibyte",
      post("application/json", JSON.stringify({ prompt: "x".repeat(1_048_576) })),
      413,
      refusals.large,
    ],
  ] as const;
  for (const [what, request, status, { code }] of table) {
    it(`is refused with ${status}: ${what}`, async () => {
      await using service = await serve();
      const answer = await service.app.inject(request);
      assert.include(problemOf(answer), { status, code, retryable: false, mayHaveRun: false });
      assert.strictEqual(answer.headers["x-should-retry"], "false");
      assert.isEmpty(service.emulator.journal());
    });
  }
});

describe("a route that is not there", () => {
  for (const [method, url] of [
    ["GET", "/nowhere"],
    ["POST", "/text-to-image/"],
    ["POST", "/Text-To-Image"],
    ["POST", "//text-to-image"],
    ["GET", "/metrics"],
  ] as const) {
    it(`is 404, and named: ${method} ${url}`, async () => {
      await using service = await serve();
      const problem = problemOf(await service.app.inject({ method, url }));
      assert.include(problem, { status: 404, code: "SLUICE-404-ROUTE" });
      assert.include(problem.detail, `${method} ${url}`);
    });
  }

  it("is named without its query, which may hold a secret, and cut short", async () => {
    await using service = await serve();
    const { detail } = problemOf(await service.app.inject({ method: "GET", url: `/${"x".repeat(200)}?key=s3cret` }));
    assert.notInclude(detail, "s3cret");
    assert.isBelow(detail.length, 150);
  });

  for (const [method, url, allow] of [
    ["GET", "/text-to-image", "POST"],
    ["PUT", "/text-to-image", "POST"],
    ["DELETE", "/livez", "GET, HEAD"],
    ["POST", "/sluice/v1/models", "GET, HEAD"],
  ] as const) {
    it(`is 405 when it is there with another method, which Allow names: ${method} ${url}`, async () => {
      await using service = await serve();
      const answer = await service.app.inject({ method, url });
      assert.include(problemOf(answer), { status: 405, code: "SLUICE-405-METHOD" });
      assert.strictEqual(answer.headers.allow, allow);
    });
  }

  it("is a problem like any other when its URL cannot be decoded", async () => {
    await using service = await serve();
    assert.strictEqual(problemOf(await service.app.inject({ method: "GET", url: "/%" })).status, 400);
  });
});

describe("a request under a foreign host name, as after DNS rebinding", () => {
  it("is refused before the gateway is asked", async () => {
    await using service = await serve();
    const answer = await service.app.inject({ ...generation(), headers: { host: "evil.example" } });
    const { status, code, detail } = problemOf(answer);
    assert.deepStrictEqual({ status, code }, { status: 400, code: "SLUICE-400-HTTP" });
    assert.include(detail, "must be a name of this machine");
    assert.isEmpty(service.emulator.journal());
  });
});
