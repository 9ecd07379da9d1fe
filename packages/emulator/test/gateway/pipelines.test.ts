/** What all nine batch pipelines have in common. */
import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headersOf, nothing, statusOf } from "../ask.ts";
import { png } from "./files.ts";
import { askFor, batchNames, modelField, requestFor } from "./requests.ts";

const unavailable = '{"error":{"message":"Service Unavailable Error"}}\n';

for (const name of batchNames) {
  describe(name, () => {
    it("answers a good request, and meters it", async () => {
      const { heard, units } = await askFor(name);
      assert.strictEqual(statusOf(heard), 200);
      assert.isTrue(heard.whole);
      assert.isAbove(units ?? 0, 0);
    });

    it("is 200 and empty for whatever is no POST", async () => {
      await using emulator = await startEmulator();
      for (const method of ["GET", "HEAD", "OPTIONS", "PUT"]) {
        const heard = await ask(emulator.url, { ...requestFor(name), method });
        assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK", method);
        assert.deepStrictEqual([heard.body.length, headersOf(heard)], [0, ["content-length", "date"]]);
      }
    });

    for (const [what, model] of [
      ["that nobody has", "nobody/has-this"],
      ["that is empty", ""],
      [
        "of another pipeline",
        name === "upscale" ? "openai/whisper-large-v3" : "stabilityai/stable-diffusion-x4-upscaler",
      ],
    ] as const) {
      it(`closes the socket for a model ${what}, or says 503 where the panic is fixed`, async () => {
        const fields = { [modelField(name)]: model };
        const { heard, units } = await askFor(name, fields);
        assert.deepStrictEqual(heard, nothing);
        assert.isUndefined(units);
        const fixed = await askFor(name, fields, undefined, { panicOnNoOrchestrator: false });
        assert.strictEqual(statusOf(fixed.heard), 503);
        assert.strictEqual(fixed.said, unavailable);
      });
    }

    it("serves a model that only a setting knows", async () => {
      const settings = { models: { "my/model": { state: "warm" } } } as const;
      const { heard } = await askFor(name, { [modelField(name)]: "my/model" }, undefined, settings);
      assert.strictEqual(statusOf(heard), 200);
    });

    it("says 503 for a model that loads, when it does not hold requests", async () => {
      const settings = { models: { "my/model": { state: "cold", loadMs: 60_000, meanwhile: "503" } } } as const;
      const { heard, said } = await askFor(name, { [modelField(name)]: "my/model" }, undefined, settings);
      assert.strictEqual(statusOf(heard), 503);
      assert.strictEqual(said, unavailable);
    });

    it("can be retired, by its own name", async () => {
      const { heard, said } = await askFor(name, {}, undefined, { faults: [{ kind: "retired" }] });
      assert.strictEqual(statusOf(heard), 410);
      assert.strictEqual(said, `{"error":{"message":"${name} has been removed"}}\n`);
    });

    if (name !== "llm") {
      it("closes the socket without a model id, also where the other panic is fixed", async () => {
        for (const panicOnNoOrchestrator of [true, false]) {
          const { heard } = await askFor(name, { model_id: undefined }, undefined, { panicOnNoOrchestrator });
          assert.deepStrictEqual(heard, nothing);
        }
      });
    }
  });
}

describe("a documented model that a setting describes", () => {
  const model = "SG161222/RealVisXL_V4.0_Lightning";
  const models = { [model]: { state: "warm" } } as const;

  it("behaves so on its own pipelines", async () => {
    const { heard } = await askFor("image-to-image", { model_id: model }, undefined, { models });
    assert.strictEqual(statusOf(heard), 200);
  });

  it("serves no other pipeline", async () => {
    assert.deepStrictEqual((await askFor("upscale", { model_id: model }, undefined, { models })).heard, nothing);
  });
});

describe("what the gateway finds wrong with the input", () => {
  const models = { "my/model": { state: "cold", loadMs: 600_000, meanwhile: "hold" } } as const;

  it("is said before a model loads, and makes none load", async () => {
    await using emulator = await startEmulator({ models });
    const cold = { model_id: "my/model" };
    const broken = Buffer.from("no image");
    assert.strictEqual(statusOf(await ask(emulator.url, requestFor("audio-to-text", cold, broken))), 400);
    assert.strictEqual(statusOf(await ask(emulator.url, requestFor("text-to-speech", { ...cold, text: null }))), 400);
    assert.deepStrictEqual(await ask(emulator.url, requestFor("upscale", cold, broken)), nothing);
  });

  it("is said after a model that there is not", async () => {
    const nobodys = { model_id: "nobody/has-this" };
    for (const name of ["audio-to-text", "segment-anything-2"] as const) {
      assert.deepStrictEqual((await askFor(name, nobodys, Buffer.from("neither"))).heard, nothing);
    }
    assert.deepStrictEqual((await askFor("text-to-speech", { ...nobodys, text: null })).heard, nothing);
  });
});

describe("text-to-image", () => {
  for (const [fields, units] of [
    [{ width: 1024, height: 1024 }, 1_048_576],
    [{ width: 1024, height: 1024, num_images_per_prompt: 4 }, 4_194_304],
    [{ width: 1024, height: 576, num_inference_steps: 50 }, 589_824],
    [{ width: undefined, height: undefined, num_images_per_prompt: 0 }, 262_144],
  ] as const) {
    it(`meters the pixels that it makes: ${units} for ${JSON.stringify(fields)}`, async () => {
      assert.strictEqual((await askFor("text-to-image", fields)).units, units);
    });
  }
});

describe("the journal", () => {
  it("has the texts of a form as they came, and what its files are", async () => {
    await using emulator = await startEmulator();
    await ask(emulator.url, requestFor("upscale", { seed: 7 }, png(8, 8)));
    assert.deepStrictEqual(emulator.journal()[0]?.body, {
      model_id: "stabilityai/stable-diffusion-x4-upscaler",
      prompt: "a red fox",
      seed: "7",
      image: { file: "a.bin", bytes: 33, type: "application/octet-stream" },
    });
  });

  it("has them of a refused form as well, but not when they are long", async () => {
    await using emulator = await startEmulator();
    await ask(emulator.url, requestFor("upscale", { seed: "x" }, null));
    await ask(emulator.url, requestFor("upscale", { prompt: "fox ".repeat(3_000) }));
    await ask(emulator.url, { ...requestFor("upscale"), headers: {} });
    const [refused, long, none] = emulator.journal();
    assert.deepInclude(refused?.body, { seed: "x" });
    assert.deepStrictEqual([long?.status, long?.body, none?.status, none?.body], [200, undefined, 400, undefined]);
  });

  it("has no units for a call that failed", async () => {
    assert.isUndefined((await askFor("text-to-image", { prompt: "" })).units);
    assert.isUndefined((await askFor("image-to-text", {}, Buffer.from("no image"))).units);
    assert.isUndefined((await askFor("llm", {}, null, { faults: [{ kind: "internal" }] })).units);
  });
});
