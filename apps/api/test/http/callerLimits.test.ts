import { request } from "node:http";
import { assert, describe, it } from "vitest";
import { problemOf } from "../problems.ts";
import { aKey, generation, serve, small } from "../serve.ts";
import { until } from "../turns.ts";

type Limits = NonNullable<ReturnType<typeof aKey>["entry"]["limits"]>;

const limited = async (limits: Limits, ...[behind = {}, gateway = {}]: Parameters<typeof serve>) => {
  const { entry, headers } = aKey({ limits });
  const service = await serve(behind, gateway, { configuration: { keys: [entry] } });
  const ask = async (fields: object = small) => service.app.inject({ ...generation(fields), headers });
  return { ...service, ask, headers };
};

describe("a key's limit", () => {
  it("of requests a minute is told with each answer, and the next one is refused until there is room", async () => {
    await using service = await limited({ requestsPerMinute: 3 });
    const left: Array<unknown> = [];
    for (let count = 0; count < 3; count += 1) {
      const { statusCode, headers } = await service.ask();
      assert.strictEqual(statusCode, 200);
      assert.match(String(headers["ratelimit-policy"]), /^"requests";q=3;w=60$/);
      left.push(/^"requests";r=(\d)/.exec(String(headers["ratelimit"]))?.[1]);
    }
    assert.deepStrictEqual(left, ["2", "1", "0"]);
    const answer = await service.ask();
    const problem = problemOf(answer);
    assert.include(problem, { status: 429, code: "SLUICE-429-CALLER-LIMIT", retryable: true });
    assert.include(problem.detail, "3 requests a minute");
    assert.strictEqual(answer.headers["x-should-retry"], "true");
    // One of three is back after a third of a minute.
    const seconds = Number(answer.headers["retry-after"]);
    assert.isTrue(seconds > 15 && seconds <= 20, String(seconds));
    assert.approximately(Number(answer.headers["retry-after-ms"]), seconds * 1_000, 1_000);
    assert.match(String(answer.headers["ratelimit"]), /^"requests";r=0;t=\d+$/);
    assert.lengthOf(
      service.emulator.journal().filter(({ method }) => method === "POST"),
      3,
    );
  });

  it("is not shared with other keys", async () => {
    const [one, other] = [
      aKey({ limits: { requestsPerMinute: 1 } }),
      aKey({ name: "other", limits: { requestsPerMinute: 1 } }),
    ];
    await using service = await serve({}, {}, { configuration: { keys: [one.entry, other.entry] } });
    const ask = async ({ headers }: typeof one) => (await service.app.inject({ ...generation(), headers })).statusCode;
    assert.deepStrictEqual([await ask(one), await ask(one), await ask(other)], [200, 429, 200]);
  });

  it("of requests at once refuses one more, and has room again as soon as one has ended", async () => {
    await using service = await limited({ concurrency: 2 }, { latencyMs: 500 });
    // While nobody knows whether a model is warm, one call at a time finds out.
    assert.strictEqual((await service.ask()).statusCode, 200);
    const first = [service.ask(), service.ask()];
    const posted = () => service.emulator.journal().filter(({ method }) => method === "POST");
    await until(() => posted().length === 3);
    const refused = await service.ask();
    assert.strictEqual(problemOf(refused).status, 429);
    assert.strictEqual(refused.headers["retry-after"], "1");
    assert.match(problemOf(refused).detail, /2 requests under way, and may have 2 at once/);
    for (const { statusCode } of await Promise.all(first)) assert.strictEqual(statusCode, 200);
    assert.strictEqual((await service.ask()).statusCode, 200);
  });

  it("of requests at once is given back after refusals, failures and answers alike", async () => {
    await using service = await limited({ concurrency: 1 }, { faults: [{ kind: "invalid", times: 5 }] });
    const payload = "{";
    const headers = { ...service.headers, "content-type": "application/json" };
    for (let count = 0; count < 5; count += 1) {
      assert.strictEqual((await service.ask({ prompt: "" })).statusCode, 422);
      assert.strictEqual(
        (await service.app.inject({ method: "POST", url: "/text-to-image", headers, payload })).statusCode,
        400,
      );
      assert.strictEqual((await service.ask()).statusCode, 422);
    }
    assert.strictEqual((await service.ask()).statusCode, 200);
  });

  it("of requests at once is given back when the caller hangs up, before and while it is answered", async () => {
    await using service = await limited({ concurrency: 1 }, { faults: [{ kind: "silent", times: 3 }] });
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    for (let count = 1; count <= 3; count += 1) {
      const headers = { ...service.headers, "content-type": "application/json" };
      const call = request(`${url}/text-to-image`, { method: "POST", headers });
      call.on("error", () => undefined);
      call.end(JSON.stringify(small));
      await until(() => service.emulator.journal()[count - 1]?.body !== undefined);
      assert.strictEqual((await service.ask()).statusCode, 429);
      call.destroy();
      await until(() => service.emulator.journal()[count - 1]?.end === "aborted");
    }
    assert.strictEqual((await service.ask()).statusCode, 200);
  });

  it("of megapixels counts what is asked for, before anything is sent", async () => {
    await using service = await limited({ megapixelsPerMinute: 2 });
    const large = { ...small, width: 1_024, height: 1_024 };
    const first = await service.ask(large);
    assert.strictEqual(first.statusCode, 200);
    assert.match(String(first.headers["ratelimit"]), /^"megapixels";r=0/);
    const second = await service.ask(large);
    assert.include(problemOf(second), { status: 429, code: "SLUICE-429-CALLER-LIMIT" });
    assert.match(problemOf(second).detail, /makes 1\.05 megapixels/);
    assert.isAbove(Number(second.headers["retry-after"]), 0);
    assert.strictEqual((await service.ask()).statusCode, 200);
    assert.lengthOf(
      service.emulator.journal().filter(({ method }) => method === "POST"),
      2,
    );
  });

  it("of megapixels that a request can never keep to is a 403, because waiting is of no use", async () => {
    await using service = await limited({ megapixelsPerMinute: 1 });
    const answer = await service.ask({ ...small, width: 1_024, height: 1_024, num_images_per_prompt: 4 });
    assert.include(problemOf(answer), { status: 403, code: "SLUICE-403-CALLER-KEY" });
    assert.isUndefined(answer.headers["retry-after"]);
    assert.strictEqual((await service.ask()).statusCode, 200);
  });

  it("of megapixels is not used up by what is refused: too dear, or with mistakes", async () => {
    await using service = await limited({ megapixelsPerMinute: 2 });
    const large = { ...small, width: 1_024, height: 1_024 };
    const headers = { ...service.headers, "x-sluice-max-cost": "0.0000001" };
    for (let count = 0; count < 3; count += 1) {
      assert.strictEqual((await service.app.inject({ ...generation(large), headers })).statusCode, 402);
      assert.strictEqual((await service.ask({ ...large, seed: -1 })).statusCode, 422);
    }
    assert.strictEqual((await service.ask(large)).statusCode, 200);
  });
});
