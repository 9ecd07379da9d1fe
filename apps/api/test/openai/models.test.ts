import { assert, describe, it } from "vitest";
import { failureIn, serveOpenai } from "./serveOpenai.ts";

const get = async (url: string, method: "GET" | "PUT" = "GET") => serveOpenai().app.inject({ method, url });

describe("GET /v1/models", () => {
  it("lists the gateway's models, the configured aliases, and the usual one", async () => {
    const { object, data } = (await get("/v1/models")).json<{ object: string; data: ReadonlyArray<{ id: string }> }>();
    assert.strictEqual(object, "list");
    assert.sameMembers(
      data.map(({ id }) => id),
      ["openai/whisper-large-v3", "acme/painter", "noop", "whisper-1", "dall-e-3"],
    );
  });

  it("tells of each what OpenAI's clients expect; an alias belongs to the owner of its model", async () => {
    const { data } = (await get("/v1/models")).json<{ data: ReadonlyArray<Record<string, unknown>> }>();
    const painter = data.find(({ id }) => id === "dall-e-3");
    assert.include(painter, { object: "model", owned_by: "acme" });
    assert.isTrue(Number.isInteger(painter?.["created"]));
    assert.include(
      data.find(({ id }) => id === "noop"),
      { owned_by: "livepeer" },
    );
  });

  for (const [how, path] of [
    ["as it is", "acme/painter"],
    ["percent-encoded", "acme%2Fpainter"],
    ["by an alias", "whisper-1"],
  ] as const) {
    it(`finds one whose id is given ${how}`, async () => {
      const { statusCode, body } = await get(`/v1/models/${path}`);
      assert.strictEqual(statusCode, 200);
      assert.strictEqual((JSON.parse(body) as { id: string }).id, decodeURIComponent(path));
    });
  }

  it("answers model_not_found for another, with the one that was probably meant", async () => {
    const answer = await get("/v1/models/acme/paintr");
    assert.strictEqual(answer.statusCode, 404);
    const { message, ...failure } = failureIn(answer);
    assert.deepStrictEqual(failure, { type: "not_found_error", param: "model", code: "model_not_found" });
    assert.strictEqual(message, 'The model "acme/paintr" does not exist here. Did you mean acme/painter?');
    assert.strictEqual(answer.headers["x-should-retry"], "false");
  });
});

describe("a path under /v1 that OpenAI has and this service has not", () => {
  it("is answered in OpenAI's shape", async () => {
    const answer = await get("/v1/embeddings");
    assert.strictEqual(answer.statusCode, 404);
    assert.include(failureIn(answer), { type: "not_found_error", code: "SLUICE-404-ROUTE", param: null });
  });

  it("is told apart from a method that a path does not take", async () => {
    const answer = await get("/v1/images/edits");
    assert.strictEqual(answer.statusCode, 405);
    assert.strictEqual(answer.headers.allow, "POST");
    assert.include(failureIn(answer), { type: "invalid_request_error", code: "SLUICE-405-METHOD" });
  });
});

describe("a model's name in a request", () => {
  const asked = async (model: string | null) => {
    const { post, recorded } = serveOpenai({ result: { images: [] } });
    const answer = await post("/v1/images/generations", { prompt: "a red fox", model });
    return { answer, sent: recorded[0]?.input };
  };

  it("is replaced when it is an alias, and sent on when it has an owner or is listed", async () => {
    assert.deepInclude((await asked("dall-e-3")).sent, { model_id: "acme/painter" });
    assert.deepInclude((await asked("some/other-model")).sent, { model_id: "some/other-model" });
    assert.deepInclude((await asked("noop")).sent, { model_id: "noop" });
  });

  it("is the gateway's to choose when there is none", async () => {
    for (const none of [null, ""]) assert.notProperty((await asked(none)).sent, "model_id");
  });

  it("of another service is refused before the gateway looks for it for minutes", async () => {
    for (const name of ["gpt-image-1", "toString", "__proto__"]) {
      const { answer, sent } = await asked(name);
      assert.strictEqual(answer.statusCode, 404);
      assert.include(failureIn(answer), { param: "model", code: "model_not_found" });
      assert.isUndefined(sent);
    }
  });
});
