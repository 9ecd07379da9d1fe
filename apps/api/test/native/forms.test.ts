import { type PipelineName, pipelineNames, pipelines } from "@sluice/models";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { fieldsOf, problemOf } from "../problems.ts";
import { serve } from "../serve.ts";
import { formOf, picture, requests } from "./requests.ts";

/** What `app.inject` takes to send a form. */
const sending = async (name: PipelineName, form: FormData) => {
  const { headers, body } = new Response(form);
  const chunks: Array<Uint8Array> = [];
  for await (const chunk of body ?? []) chunks.push(chunk as Uint8Array);
  const type = headers.get("content-type") ?? "";
  const payload = Buffer.concat(chunks);
  return { method: "POST", url: pipelines[name].path, headers: { "content-type": type }, payload } as const;
};

const image = requests["image-to-image"];

describe("a form", () => {
  it("may have fields behind its file", async () => {
    await using service = await serve();
    const { image: file, ...texts } = image;
    for (const fields of [
      { ...texts, image: file },
      { image: file, ...texts },
    ]) {
      const answer = await service.app.inject(await sending("image-to-image", formOf(fields)));
      assert.strictEqual(answer.statusCode, 200, answer.body);
    }
    const [before, behind] = service.emulator
      .journal()
      .filter(({ method }) => method === "POST")
      .map(({ body }) => body);
    assert.isDefined(before);
    assert.deepStrictEqual(behind, before);
  });

  it("has its numbers and booleans as text, which the gateway is sent as the same", async () => {
    await using service = await serve();
    const more = { strength: 0.25, safety_check: false, num_images_per_prompt: 2 };
    const answer = await service.app.inject(await sending("image-to-image", formOf({ ...image, ...more })));
    assert.strictEqual(answer.statusCode, 200, answer.body);
    assert.lengthOf((JSON.parse(answer.body) as { readonly images: ReadonlyArray<unknown> }).images, 2);
    const sent = service.emulator.journal()[0]?.body as Readonly<Record<string, unknown>>;
    assert.deepStrictEqual(
      [sent["strength"], sent["safety_check"], sent["num_images_per_prompt"], sent["prompt"]].map(String),
      ["0.25", "false", "2", "in winter"],
    );
  });

  it("with a field that comes twice is refused, and the field is named", async () => {
    await using service = await serve();
    const form = formOf(image);
    form.append("prompt", "in summer");
    const problem = problemOf(await service.app.inject(await sending("image-to-image", form)));
    assert.strictEqual(problem.status, 422);
    assert.deepStrictEqual(fieldsOf(problem), ["prompt"]);
    assert.isEmpty(service.emulator.journal());
  });

  it("with a second file under the same name is refused as well", async () => {
    await using service = await serve();
    const form = formOf(image);
    form.append("image", picture());
    const problem = problemOf(await service.app.inject(await sending("image-to-image", form)));
    assert.deepStrictEqual([problem.status, fieldsOf(problem)], [422, ["image"]]);
    assert.isEmpty(service.emulator.journal());
  });

  it("with a text where a file belongs, or a file where a text belongs, is refused, and the field is named", async () => {
    await using service = await serve();
    for (const [fields, wrong] of [
      [{ ...image, image: "fox.gif" }, "image"],
      [{ ...image, prompt: picture() }, "prompt"],
    ] as const) {
      const problem = problemOf(await service.app.inject(await sending("image-to-image", formOf(fields))));
      assert.deepStrictEqual([problem.status, fieldsOf(problem)], [422, [wrong]]);
    }
    assert.isEmpty(service.emulator.journal());
  });

  it("without its file is refused, and so is one that is no image", async () => {
    await using service = await serve();
    const { image: _, ...texts } = image;
    const page = new File(["<html></html>"], "fox.png", { type: "image/png" });
    for (const fields of [texts, { ...texts, image: page }]) {
      const problem = problemOf(await service.app.inject(await sending("image-to-image", formOf(fields))));
      assert.include([415, 422], problem.status);
    }
    assert.isEmpty(service.emulator.journal());
  });

  it("that JSON is sent for is refused with 415", async () => {
    await using service = await serve();
    for (const name of pipelineNames.filter((one) => pipelines[one].wire === "multipart")) {
      const answer = await service.app.inject({ method: "POST", url: pipelines[name].path, payload: { prompt: "a" } });
      assert.include(problemOf(answer), { status: 415, code: "SLUICE-415-BODY" });
    }
  });

  it("with more parts than any that there is, or a text without end, is refused with 413", async () => {
    await using service = await serve();
    const many = formOf(image);
    for (let count = 0; count < 50; count += 1) many.append(`field${count}`, "x");
    const long = formOf({ ...image, prompt: "x".repeat(1_100_000) });
    for (const form of [many, long]) {
      const problem = problemOf(await service.app.inject(await sending("image-to-image", form)));
      assert.include(problem, { status: 413, code: "SLUICE-413-BODY" });
    }
    assert.isEmpty(service.emulator.journal());
  });

  it("that is cut off anywhere, or has one byte changed, is never a fault of the service", async () => {
    await using service = await serve({}, { maxRetries: 0 });
    const whole = await sending("image-to-image", formOf(image));
    const { length } = whole.payload;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
        const payload = isCut ? whole.payload.subarray(0, at) : Buffer.from(whole.payload);
        if (!isCut) payload[at] = byte;
        const { statusCode, body } = await service.app.inject({ ...whole, payload });
        // The name of the model may have become another, which no orchestrator has.
        assert.include([200, 400, 413, 415, 422, 503], statusCode, body);
      }),
      { numRuns: 60 },
    );
  });
});
