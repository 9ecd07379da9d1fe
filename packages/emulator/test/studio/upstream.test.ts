/** What Studio makes of the gateway's answers: controllers/generate.ts and middleware/errorHandler.ts. */
import { assert, describe, it } from "@effect/vitest";
import { makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, type Heard, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { askStudio, formRequest, imageRequest, refusedWith, startStudio, texts } from "./studio.ts";

const small = { prompt: "a fox", width: 8, height: 8 };

/** The gateway's own bytes under Express's Content-Type. */
const passedOn = (heard: Heard, status: number, body: string, type = "application/json; charset=utf-8") => {
  assert.strictEqual(heard.body.toString(), body);
  assert.strictEqual(statusOf(heard), status);
  assert.strictEqual(headerOf(heard, "content-type"), type);
  assert.strictEqual(headerOf(heard, "vary"), "Authorization, Origin");
};

describe("a gateway that fails", () => {
  for (const kind of ["unavailable", "internal", "bad-gateway"] as const) {
    it(`with ${kind} is masked, and its Retry-After with it`, async () => {
      const heard = await askStudio(imageRequest(small), { faults: [{ kind, retryAfter: "7" }] });
      refusedWith(heard, 500, "Failed to generate text-to-image");
      assert.isUndefined(headerOf(heard, "retry-after"));
    });
  }

  for (const kind of ["closed", "truncated"] as const) {
    it(`by a connection that is ${kind} is a FetchError`, async () => {
      const heard = await askStudio(imageRequest(small), { faults: [{ kind }] });
      refusedWith(heard, 500, "Internal server error: FetchError");
    });
  }

  it.effect("by saying nothing is given up after ten minutes", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ dialect: "studio", faults: [{ kind: "silent" }] });
      const { heard } = begin(emulator.url, imageRequest(small));
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      yield* TestClock.adjust("599999 millis");
      assert.strictEqual(emulator.journal()[0]?.end, "open");
      yield* TestClock.adjust("1 milli");
      refusedWith(yield* Effect.promise(() => heard), 500, "Internal server error: undefined");
    }),
  );

  it("for want of a model is a FetchError, or masked when the gateway says so", async () => {
    const request = imageRequest({ ...small, model_id: "no/such-model" });
    refusedWith(await askStudio(request), 500, "Internal server error: FetchError");
    const told = await askStudio(request, { panicOnNoOrchestrator: false });
    refusedWith(told, 500, "Failed to generate text-to-image");
  });
});

describe("what a gateway says below 500", () => {
  it("about the request passes with its own body", async () => {
    const heard = await askStudio(imageRequest({ ...small, prompt: "" }));
    passedOn(heard, 400, '{"error":{"message":": Prompt must be provided."}}\n');
  });

  it("passes whatever it is, but with no header save the type", async () => {
    const said = async (kind: "retired" | "rate-limited" | "null" | "web-page" | "unauthorized") =>
      askStudio(imageRequest(small), { faults: [{ kind, retryAfter: "7" }] });
    passedOn(await said("retired"), 410, '{"error":{"message":"text-to-image has been removed"}}\n');
    passedOn(await said("null"), 200, "null\n");
    const limited = await said("rate-limited");
    passedOn(limited, 429, '{"errors":["Too many AI requests"]}');
    assert.isUndefined(headerOf(limited, "retry-after"));
    const page = await said("web-page");
    assert.strictEqual(headerOf(page, "content-type"), "text/html; charset=utf-8");
    assert.include(page.body.toString(), "Welcome to nginx!");
    // The key stays with Studio: what stands behind it never sees it.
    passedOn(await said("unauthorized"), 401, '{"errors":["request is not authenticated"]}');
  });

  it("about llm is always 400: Studio sends a form to a gateway that wants JSON", async () => {
    const heard = await askStudio(formRequest("llm", texts({ prompt: "hello", stream: "false" })));
    passedOn(heard, 400, '{"error":{"message":"invalid character \'-\' in numeric literal"}}\n');
  });
});

describe("a request that names no model", () => {
  const bodyFor = async (fields: object) => {
    await using emulator = await startStudio();
    const heard = await ask(emulator.url, imageRequest({ ...small, ...fields }));
    return { heard, body: emulator.journal()[0]?.body };
  };

  it("is given Studio's own", async () => {
    const { heard, body } = await bodyFor({});
    assert.strictEqual(statusOf(heard), 200);
    assert.deepStrictEqual(body, { model_id: "SG161222/RealVisXL_V4.0_Lightning", ...small });
  });

  it("keeps an empty one, which no orchestrator has", async () => {
    const { heard, body } = await bodyFor({ model_id: "" });
    refusedWith(heard, 500, "Internal server error: FetchError");
    assert.deepInclude(body, { model_id: "" });
  });
});

describe("a form", () => {
  /** Every byte of it is ASCII. */
  const gif = {
    name: "image",
    value: "GIF89a\x08\0\x08\0\0\0\0,\0\0\0\0\x08\0\x08\0\0;",
    filename: "fox.gif",
    type: "image/gif",
  };
  const image = { file: "fox.gif", bytes: gif.value.length, type: "image/gif" };

  const askForm = async (pipeline: string, fields: Readonly<Record<string, string>>) => {
    await using emulator = await startStudio();
    const heard = await ask(emulator.url, formRequest(pipeline, [gif, ...texts(fields)]));
    return { heard, body: emulator.journal()[0]?.body };
  };

  const prompt = "a fox";
  const table: ReadonlyArray<readonly [pipeline: string, model_id: string, fields: Readonly<Record<string, string>>]> =
    [
      ["image-to-image", "timbrooks/instruct-pix2pix", { prompt }],
      ["image-to-video", "stabilityai/stable-video-diffusion-img2vid-xt-1-1", {}],
      ["upscale", "stabilityai/stable-diffusion-x4-upscaler", { prompt }],
      ["segment-anything-2", "facebook/sam2-hiera-large", {}],
    ];
  for (const [pipeline, model_id, fields] of table) {
    it(`for ${pipeline} reaches the gateway with its file, and with ${model_id} when it names no model`, async () => {
      const { heard, body } = await askForm(pipeline, fields);
      assert.deepStrictEqual(body, { model_id, ...fields, image });
      assert.strictEqual(statusOf(heard), 200);
    });
  }

  it("keeps an empty model_id, and texts as they came, which the gateway reads by its own rules", async () => {
    const { heard, body } = await askForm("upscale", { prompt, model_id: "", seed: "7 or so" });
    assert.deepStrictEqual(body, { model_id: "", prompt, seed: "7 or so", image });
    assert.strictEqual(statusOf(heard), 400);
  });
});
