import { startEmulator } from "@sluice/emulator";
import { pipelineNames } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { ask, requests } from "../native/requests.ts";
import { fieldsOf, problemOf } from "../problems.ts";
import { generation, serve } from "../serve.ts";

/** What the call of `serve.ts` costs, in USD. */
const cost = "0.000077824";

const within = (limit: string, operators?: string) => {
  const configuration = operators === undefined ? {} : { maxCostUsd: operators };
  return { scene: { configuration }, headers: { "x-sluice-max-cost": limit } };
};

describe("X-Sluice-Max-Cost", () => {
  it.each(["0.000077823", "0", "0.00000001"])(
    "of %s refuses a dearer call with 402, before it is sent",
    async (limit) => {
      const { scene, headers } = within(limit);
      await using service = await serve({}, {}, scene);
      const problem = problemOf(await service.app.inject({ ...generation(), headers }));
      assert.include(problem, { status: 402, code: "SLUICE-402-PRICE", retryable: false, mayHaveRun: false });
      assert.include(problem.detail, cost);
      assert.isEmpty(service.emulator.journal());
    },
  );

  it.each([cost, "1", "1.50", "1e3"])("of %s lets the call pass", async (limit) => {
    const { scene, headers } = within(limit);
    await using service = await serve({}, {}, scene);
    const answer = await service.app.inject({ ...generation(), headers });
    assert.strictEqual(answer.statusCode, 200);
    assert.strictEqual(answer.headers["x-sluice-cost"], cost);
  });

  it("cannot raise the operator's own limit, and can lower it", async () => {
    for (const [limit, operators, status] of [
      ["100", "0.00001", 402],
      ["0.00001", "100", 402],
      ["50", "100", 200],
    ] as const) {
      const { scene, headers } = within(limit, operators);
      await using service = await serve({}, {}, scene);
      const { statusCode } = await service.app.inject({ ...generation(), headers });
      assert.strictEqual(statusCode, status, `${limit} of ${operators}`);
    }
  });

  it("names itself, the price and what to raise it to; so raised, it lets the call pass", async () => {
    const { scene, headers } = within("0.00001", "1");
    await using service = await serve({}, {}, scene);
    const { fix } = problemOf(await service.app.inject({ ...generation(), headers }));
    assert.strictEqual(fix, `Raise \`X-Sluice-Max-Cost\` to ${cost}, this call's price in USD, or ask for less.`);
    const raised = { "x-sluice-max-cost": / to (\S+),/.exec(fix)?.[1] };
    assert.strictEqual((await service.app.inject({ ...generation(), headers: raised })).statusCode, 200);
    const openai = { method: "POST", url: "/v1/images/generations", payload: { prompt: "a red fox" } } as const;
    const { error } = (await service.app.inject({ ...openai, headers })).json<{ error: { message: string } }>();
    assert.match(error.message, /the limit is \$0\.00001\. Raise `X-Sluice-Max-Cost` to 0\.\d+, this call's price/);
  });

  it.each([{ "x-sluice-max-cost": "0.000001" }, { "x-sluice-max-cost": "100" }, {}])(
    "is not what to raise where the operator's own limit is lower: %j",
    async (headers) => {
      await using service = await serve({}, {}, { configuration: { maxCostUsd: "0.00001" } });
      const { fix } = problemOf(await service.app.inject({ ...generation(), headers }));
      assert.include(fix, `ask the operator of this service to raise \`maxCostUsd\` from 0.00001 to ${cost}`);
      assert.include(fix, "`X-Sluice-Max-Cost` can only lower that");
    },
  );

  it.each(["", "-1", "1,50", "$1", "free", "NaN", " ", "Infinity"])(
    "of %j is a mistake that is told with the header's name, and nothing is sent",
    async (limit) => {
      const { scene, headers } = within(limit);
      await using service = await serve({}, {}, scene);
      const problem = problemOf(await service.app.inject({ ...generation(), headers }));
      assert.strictEqual(problem.status, 422);
      assert.deepStrictEqual(fieldsOf(problem), ["X-Sluice-Max-Cost"]);
      assert.isEmpty(service.emulator.journal());
    },
  );

  it("refuses a call whose price nobody can know, however high the limit is", async () => {
    await using gateway = await startEmulator({ liveVideo: true });
    await using service = await serve({}, { gateway: { name: "own", baseUrl: gateway.url, pipelines: pipelineNames } });
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const limit = { "x-sluice-max-cost": "1000000" };
    const answer = await ask(url, "live-video-to-video", undefined, limit);
    assert.strictEqual(answer.status, 402);
    const { fix } = (await answer.json()) as { readonly fix: string };
    assert.match(fix, /^Leave `X-Sluice-Max-Cost` out, or ask the operator .* a price for live-video-to-video\.$/);
    assert.isEmpty(gateway.journal());
    assert.strictEqual((await ask(url, "live-video-to-video")).status, 200);
  });

  it("does not help with a price that nobody can know under the operator's own limit", async () => {
    await using gateway = await startEmulator({ liveVideo: true });
    const own = { gateway: { name: "own", baseUrl: gateway.url, pipelines: pipelineNames } };
    await using service = await serve({}, own, { configuration: { maxCostUsd: "1" } });
    const answer = await ask(await service.app.listen({ host: "127.0.0.1", port: 0 }), "live-video-to-video");
    const { fix } = (await answer.json()) as { readonly fix: string };
    assert.match(
      fix,
      /^No `X-Sluice-Max-Cost` lifts .* `maxCostUsd`: ask the operator .* a price for live-video-to-video\.$/,
    );
    assert.isEmpty(gateway.journal());
  });

  it("holds for a stream as well", async () => {
    await using service = await serve();
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const fields = { ...requests.llm, stream: true };
    const answer = await ask(url, "llm", fields, { "x-sluice-max-cost": "0.0000000001" });
    assert.strictEqual(answer.status, 402, await answer.text());
    assert.isEmpty(service.emulator.journal());
  });
});
