import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { nothing, statusOf } from "./ask.ts";
import { generate, generateFrom, warmModel } from "./generate.ts";

const askFor = async (settings: EmulatorSettings, fields: object) => {
  await using emulator = await startEmulator(settings);
  const heard = await generate(emulator.url, fields);
  return { heard, journal: emulator.journal() };
};

const nobodys = [
  ["a model that nobody has", { model_id: "nobody/has-this" }],
  ["a model in another case", { model_id: warmModel.toLowerCase() }],
  ["an empty model id", { model_id: "" }],
] as const;
const absent = [
  ["no model id", { model_id: undefined }],
  ["a null model id", { model_id: null }],
] as const;

describe("a request that no orchestrator takes", () => {
  for (const [what, fields] of [...nobodys, ...absent]) {
    it(`closes the socket without a byte, as go-livepeer's panic does: ${what}`, async () => {
      const { heard, journal } = await askFor({}, fields);
      assert.deepStrictEqual(heard, nothing);
      assert.deepInclude(journal[0], { status: null, end: "closed" });
    });
  }

  it("closes it for a body of null as well: every field is absent", async () => {
    await using emulator = await startEmulator();
    assert.deepStrictEqual(await generateFrom(emulator.url, "null"), nothing);
  });

  for (const [what, fields] of nobodys) {
    it(`gets a 503 where the panic is fixed: ${what}`, async () => {
      const { heard } = await askFor({ panicOnNoOrchestrator: false }, fields);
      assert.strictEqual(heard.head[0], "HTTP/1.1 503 Service Unavailable");
      assert.strictEqual(heard.body.toString(), '{"error":{"message":"Service Unavailable Error"}}\n');
    });
  }

  // The default model is found and runs; then the gateway reads the id through a nil pointer to score its latency.
  for (const [what, fields] of absent) {
    it(`closes the socket all the same where that panic is fixed: ${what}`, async () => {
      assert.deepStrictEqual((await askFor({ panicOnNoOrchestrator: false }, fields)).heard, nothing);
    });
  }
});

describe("which models there are", () => {
  it("is what the docs list, unless a setting says otherwise", async () => {
    const models: EmulatorSettings["models"] = {
      [warmModel]: { state: "absent" },
      "my/model": { state: "warm" },
    };
    assert.deepStrictEqual((await askFor({ models }, {})).heard, nothing);
    assert.strictEqual(statusOf((await askFor({ models }, { model_id: "my/model" })).heard), 200);
    assert.strictEqual(statusOf((await askFor({ models }, { model_id: "ByteDance/SDXL-Lightning" })).heard), 200);
  });

  it("does not include the names that every object has", async () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      assert.deepStrictEqual((await askFor({}, { model_id: name })).heard, nothing, name);
    }
  });
});
