import { assert, describe, it } from "vitest";
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
    ["broken JSON", post("application/json", '{"prompt":'), 400],
    ["no JSON at all", post("application/json", ""), 400],
    ["a prototype in disguise", post("application/json", '{"prompt":"a fox","__proto__":{"width":64}}'), 400],
    ["XML", post("application/xml", "<prompt/>"), 415],
    ["a form", post("application/x-www-form-urlencoded", "prompt=a+fox"), 415],
    ["a multipart form", post("multipart/form-data; boundary=x", "--x--"), 415],
    ["JSON that says it is text", post("text/plain", json), 415],
    ["more than a mebibyte", post("application/json", JSON.stringify({ prompt: "x".repeat(1_048_576) })), 413],
  ] as const;
  for (const [what, request, status] of table) {
    it(`is refused with ${status}: ${what}`, async () => {
      await using service = await serve();
      const problem = problemOf(await service.app.inject(request));
      assert.include(problem, { status, title: "InvalidRequest", retryable: false });
      assert.deepStrictEqual(fieldsOf(problem), [status === 415 ? "content-type" : "body"]);
      assert.isEmpty(service.emulator.journal());
    });
  }
});

describe("a route that is not there", () => {
  for (const [method, url] of [
    ["GET", "/nowhere"],
    ["GET", "/text-to-image"],
    ["POST", "/text-to-image/"],
    ["POST", "/image-to-image"],
    ["DELETE", "/livez"],
  ] as const) {
    it(`is 404, and named: ${method} ${url}`, async () => {
      await using service = await serve();
      const problem = problemOf(await service.app.inject({ method, url }));
      assert.include(problem, { status: 404, title: "PipelineNotOffered", code: "SLUICE-404-PIPELINE" });
      assert.include(problem.detail, `${method} ${url}`);
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
    const { statusCode, body } = await service.app.inject({ ...generation(), headers: { host: "evil.example" } });
    assert.strictEqual(statusCode, 422);
    assert.include(body, "host: must be a name of this machine");
    assert.isEmpty(service.emulator.journal());
  });
});
