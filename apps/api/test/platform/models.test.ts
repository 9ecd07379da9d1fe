import { assert, describe, it } from "vitest";
import { generation, serve, small } from "../serve.ts";

interface Model {
  readonly gateway: string;
  readonly pipeline: string;
  readonly model: string;
  readonly default: boolean;
  readonly warmth: { readonly state: string; readonly confidence: number; readonly because: ReadonlyArray<string> };
}

type Service = Awaited<ReturnType<typeof serve>>;

const modelsOf = async ({ app }: Service): Promise<ReadonlyArray<Model>> => {
  const { statusCode, body } = await app.inject({ method: "GET", url: "/sluice/v1/models" });
  assert.strictEqual(statusCode, 200);
  return (JSON.parse(body) as { readonly models: ReadonlyArray<Model> }).models;
};

const one = async (service: Service, model: string): Promise<Model | undefined> =>
  (await modelsOf(service)).find((known) => known.pipeline === "text-to-image" && known.model === model);

const usual = "SG161222/RealVisXL_V4.0_Lightning";

describe("GET /sluice/v1/models", () => {
  it("knows the models that can be asked for, and which is meant when none is named", async () => {
    await using service = await serve();
    const models = await modelsOf(service);
    const defaults = models.filter((model) => model.default);
    assert.lengthOf(new Set(defaults.map(({ pipeline }) => pipeline)), defaults.length);
    assert.deepInclude(
      defaults.map(({ pipeline, model }) => ({ pipeline, model })),
      { pipeline: "text-to-image", model: usual },
    );
    for (const { gateway } of models) assert.strictEqual(gateway, service.emulator.url);
    assert.isEmpty(service.emulator.journal());
  });

  it("says that a model is warm after a call that it has answered, and which call that was", async () => {
    await using service = await serve();
    assert.notStrictEqual((await one(service, usual))?.warmth.state, "warm");
    await service.app.inject({ ...generation(), headers: { "x-request-id": "the-first" } });
    const warmth = (await one(service, usual))?.warmth;
    assert.strictEqual(warmth?.state, "warm");
    assert.isAbove(warmth?.confidence ?? 0, 0.5);
    assert.isNotEmpty(warmth?.because);
  });

  it("says that a model is not warm after a call that found nobody who has it", async () => {
    const settings = { models: { [usual]: { state: "absent" } }, panicOnNoOrchestrator: false } as const;
    await using service = await serve(settings, { maxRetries: 0 });
    assert.strictEqual((await service.app.inject(generation())).statusCode, 503);
    assert.notInclude(["warm", "claimed"], (await one(service, usual))?.warmth.state);
  });

  it("takes in a model of the gateway's own once it has answered, and never a name that a caller made up", async () => {
    await using service = await serve({ models: { "acme/own": { state: "warm" } } }, { maxRetries: 0 });
    assert.isUndefined(await one(service, "acme/own"));
    await service.app.inject(generation({ ...small, model_id: "acme/own" }));
    await service.app.inject(generation({ ...small, model_id: "evil/made-up" }));
    assert.strictEqual((await one(service, "acme/own"))?.warmth.state, "warm");
    assert.isUndefined(await one(service, "evil/made-up"));
  });
});
