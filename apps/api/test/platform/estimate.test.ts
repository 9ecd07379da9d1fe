import { type PipelineName, pipelineNames, pipelines } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { ask, formOf, picture, requests } from "../native/requests.ts";
import { fieldsOf, problemOf } from "../problems.ts";
import { serve } from "../serve.ts";

interface Estimate {
  readonly units: number | string;
  readonly unit: string;
  readonly usd: string;
  readonly charges: string;
}

const listening = async () => {
  const service = await serve();
  const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
  const estimate = (body: FormData | object) =>
    fetch(`${url}/sluice/v1/estimate`, {
      method: "POST",
      ...(body instanceof FormData
        ? { body }
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  return { ...service, url, estimate };
};

/** What the route takes for a pipeline's request: JSON, or the pipeline's own form with its name in it. */
const asked = (pipeline: PipelineName, input = requests[pipeline]) =>
  pipelines[pipeline].wire === "json" ? { pipeline, input } : formOf({ ...input, pipeline });

const problemIn = async (answer: Response) =>
  problemOf({ statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() });

const offered = pipelineNames.filter((name) => name !== "live-video-to-video");

describe("POST /sluice/v1/estimate", () => {
  it.each(offered)("says of %s what the same call then costs, and sends nothing", async (name) => {
    await using service = await listening();
    const answer = await service.estimate(asked(name));
    assert.strictEqual(answer.status, 200);
    const { usd, unit } = (await answer.json()) as Estimate;
    assert.isEmpty(service.emulator.journal());
    const { headers } = await ask(service.url, name);
    assert.strictEqual(usd, headers.get("x-sluice-cost"));
    assert.strictEqual(unit, pipelines[name].unit);
  });

  it("knows what an image costs to the last digit, and from where", async () => {
    await using service = await listening();
    const estimate = await (
      await service.estimate(asked("text-to-image", { prompt: "a", width: 64, height: 64 }))
    ).json();
    assert.deepInclude(estimate, { units: 4_096, unit: "pixel", usd: "0.000077824", charges: "usage" });
    assert.property(estimate, "rate");
  });

  it("reads the size of a file", async () => {
    await using service = await listening();
    const units = async (width: number, height: number) => {
      const image = picture(width, height);
      const answer = await service.estimate(asked("image-to-image", { ...requests["image-to-image"], image }));
      return Number(((await answer.json()) as Estimate).units);
    };
    assert.strictEqual(await units(64, 64), 4 * (await units(32, 32)));
  });

  it.each([
    [{ pipeline: "text-to-imag", input: { prompt: "a" } }, "pipeline", /Did you mean text-to-image/],
    [{ input: { prompt: "a" } }, "pipeline", /Did you mean/],
    [{ pipeline: 5, input: {} }, "pipeline", /must be one of/],
    [{ pipeline: "text-to-image" }, "input", /must be an object/],
    [{ pipeline: "text-to-image", input: { prompt: "a", width: 1001 } }, "width", /multiple of 8/],
    [{ pipeline: "text-to-image", input: {} }, "prompt", /./],
    [[], "pipeline", /must be one of/],
  ] as const)("refuses %j with 422, and names the field", async (body, field, told) => {
    await using service = await listening();
    const problem = await problemIn(await service.estimate(body));
    assert.strictEqual(problem.status, 422);
    assert.deepStrictEqual(fieldsOf(problem), [field]);
    assert.match(JSON.stringify(problem.errors), told);
  });

  it("refuses a form without a pipeline's name in the same way", async () => {
    await using service = await listening();
    const problem = await problemIn(await service.estimate(formOf(requests["image-to-image"])));
    assert.deepStrictEqual([problem.status, fieldsOf(problem)], [422, ["pipeline"]]);
  });
});
