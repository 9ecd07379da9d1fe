import {
  BudgetExceeded,
  ColdOrNoCapacity,
  InvalidRequest,
  PriceExceeded,
  RateLimited,
  Unauthorized,
} from "@sluice/errors";
import { assert, describe, it } from "vitest";
import { Refusal, type RefusalName } from "../../src/http/Refusal.ts";
import { failureIn, formOf, sendForm, serveOpenai, sound } from "./serveOpenai.ts";

const subject = { gateway: "test", pipeline: "text-to-image" };

const failing = async (error: Error) => {
  const answer = await serveOpenai({ result: error }).post("/v1/images/generations", { prompt: "a red fox" });
  assert.match(String(answer.headers["content-type"]), /^application\/json\b/);
  return { ...answer, ...failureIn(answer), status: answer.statusCode };
};

describe("a failure on OpenAI's routes", () => {
  const kinds: ReadonlyArray<readonly [RefusalName, number, string, shouldRetry: string]> = [
    ["key", 401, "authentication_error", "false"],
    ["permission", 403, "permission_error", "false"],
    ["large", 413, "invalid_request_error", "false"],
    ["limit", 429, "rate_limit_error", "true"],
    ["internal", 500, "server_error", "false"],
    ["overload", 503, "server_error", "true"],
  ];
  for (const [name, status, type, shouldRetry] of kinds) {
    it(`that the service itself refuses with ${status} is a ${type}`, async () => {
      const refusal = new Refusal(name, "No.");
      const failure = await failing(refusal);
      assert.include(failure, { status, type, param: null, code: refusal.kind.code });
      assert.strictEqual(failure.message, `No. ${refusal.kind.fix}`);
      assert.strictEqual(failure.headers["x-should-retry"], shouldRetry);
    });
  }

  it("tells how long to wait, in whole seconds and in milliseconds", async () => {
    const { headers, status, type } = await failing(new RateLimited({ ...subject, retryAfterMs: 1_200 }));
    assert.deepStrictEqual({ status, type }, { status: 429, type: "rate_limit_error" });
    assert.include(headers, { "retry-after": "2", "retry-after-ms": "1200", "x-should-retry": "true" });
  });

  for (const [retryAfterMs, shouldRetry] of [
    [60_000, "true"],
    [60_001, "false"],
  ] as const) {
    it(`that asks for ${retryAfterMs} ms of patience is ${shouldRetry === "true" ? "" : "not "}one to try again`, async () => {
      for (const error of [
        new RateLimited({ ...subject, retryAfterMs }),
        new Refusal("limit", "No.", { retryAfterMs }),
      ]) {
        assert.strictEqual((await failing(error)).headers["x-should-retry"], shouldRetry);
      }
    });
  }

  it("of a budget is OpenAI's insufficient_quota, which no client tries again", async () => {
    const amounts = { budget: "daily", quotedUsd: "2", remainingUsd: "1", limitUsd: "9" };
    const { headers, ...failure } = await failing(new BudgetExceeded({ ...subject, ...amounts }));
    assert.include(failure, { status: 429, type: "insufficient_quota", code: "SLUICE-402-BUDGET" });
    assert.strictEqual(headers["x-should-retry"], "false");
  });

  it("of the gateway keeps its status, its code and its fix", async () => {
    const cold = new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 });
    const failure = await failing(cold);
    assert.include(failure, { status: 503, type: "server_error", code: cold.code, param: null });
    assert.strictEqual(failure.message, `${cold.message} ${cold.fix}`);
    assert.strictEqual((await failing(new Unauthorized({ ...subject, reason: "missing" }))).status, 502);
  });

  it("of a field has the name that OpenAI's clients know it by", async () => {
    const of = (path: string) =>
      new InvalidRequest({
        ...subject,
        status: 422,
        fields: [{ path, message: "must be smaller", fix: "Shrink it." }],
      });
    for (const [path, param] of [
      ["width", "size"],
      ["num_images_per_prompt", "n"],
      ["model_id", "model"],
      ["seed", "seed"],
    ] as const) {
      const failure = await failing(of(path));
      assert.include(failure, { status: 400, type: "invalid_request_error", param });
      assert.include(failure.message, `${param}: must be smaller`);
      assert.include(failure.message, `\`${param}\`: Shrink it.`);
    }
    const form = formOf({}, { file: sound });
    const { app } = serveOpenai({ form, result: of("audio") });
    assert.include(failureIn(await sendForm(app, "/v1/audio/transcriptions")), { param: "file" });
    const spoken = await serveOpenai({ result: of("text") }).post("/v1/audio/speech", { input: "Hello." });
    assert.include(failureIn(spoken), { param: "input" });
  });

  it("that nobody foresaw tells nothing of itself", async () => {
    const failure = await failing(new TypeError("secret"));
    assert.include(failure, { status: 500, type: "server_error", code: "SLUICE-500-INTERNAL" });
    assert.notInclude(failure.body, "secret");
  });

  it("of the body's own form is told in the same shape", async () => {
    const send = async (type: string, payload: string) => {
      const url = "/v1/images/generations";
      const answer = await serveOpenai().app.inject({
        method: "POST",
        url,
        payload,
        headers: { "content-type": type },
      });
      return { status: answer.statusCode, type: failureIn(answer).type };
    };
    const type = "invalid_request_error";
    assert.deepStrictEqual(await send("application/json", "{"), { status: 400, type });
    assert.deepStrictEqual(await send("application/xml", "<a/>"), { status: 415, type });
    assert.deepStrictEqual(await send("multipart/form-data; boundary=x", "--x--"), { status: 400, type });
  });

  it("of a price above the caller's own limit is no quota", async () => {
    const amounts = { quotedUsd: "2", maxCostUsd: "1" };
    const failure = await failing(new PriceExceeded({ ...subject, ...amounts }));
    assert.include(failure, { status: 402, type: "invalid_request_error", code: "SLUICE-402-PRICE" });
  });
});
