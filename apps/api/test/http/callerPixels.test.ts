/** A key's megapixels: what no gateway can have made is not counted. */
import type { Fault } from "@sluice/emulator";
import { request } from "node:http";
import { assert, describe, it } from "vitest";
import { problemOf } from "../problems.ts";
import { aKey, generation, serve } from "../serve.ts";
import { until } from "../turns.ts";

/** Nearly all of a minute's worth. */
const large = { prompt: "a red fox", width: 960, height: 960, seed: 7 };
const megapixelsPerMinute = 1;

const limited = async (faults: ReadonlyArray<Fault>, gateway: Parameters<typeof serve>[1] = { maxRetries: 0 }) => {
  const { entry, headers } = aKey({ limits: { megapixelsPerMinute } });
  const service = await serve({ faults }, gateway, { configuration: { keys: [entry] } });
  const ask = async () => service.app.inject({ ...generation(large), headers });
  const posted = () => service.emulator.journal().filter(({ method }) => method === "POST");
  return { ...service, ask, posted, headers };
};

const failing: ReadonlyArray<readonly [kind: Fault["kind"], status: number]> = [
  ["invalid", 422],
  ["bad-request", 422],
  ["unauthorized", 502],
  ["rate-limited", 429],
  ["unavailable", 503],
  ["closed", 503],
  ["retired", 410],
];

describe("megapixels of a call that failed", () => {
  it.each(failing)("are the key's again where no work was done: %s", async (kind, status) => {
    await using service = await limited([{ kind, times: 1 }]);
    const failed = await service.ask();
    assert.strictEqual(failed.statusCode, status);
    assert.lengthOf(service.posted(), 1);
    const made = await service.ask();
    assert.strictEqual(made.statusCode, 200);
    assert.strictEqual((await service.ask()).statusCode, 429);
  });

  it("are told as the key's again", async () => {
    await using service = await limited([{ kind: "invalid", times: 1 }]);
    assert.match(String((await service.ask()).headers["ratelimit"]), /^"megapixels";r=1/);
    assert.match(String((await service.ask()).headers["ratelimit"]), /^"megapixels";r=0/);
  });

  it.each(["internal", "truncated"] as const)(
    "stay drawn where the work may have been done, as the answer says: %s",
    async (kind) => {
      await using service = await limited([{ kind, times: 1 }]);
      const failed = await service.ask();
      assert.isTrue(problemOf(failed).mayHaveRun);
      assert.strictEqual((await service.ask()).statusCode, 429);
    },
  );

  it("never run out where each call fails", async () => {
    await using service = await limited([{ kind: "unavailable" }]);
    for (let count = 0; count < 5; count += 1) assert.strictEqual((await service.ask()).statusCode, 503);
  });
});

describe("megapixels of a caller who hangs up", () => {
  const hangUp = async (service: Awaited<ReturnType<typeof limited>>, when: () => boolean) => {
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const headers = { ...service.headers, "content-type": "application/json" };
    const call = request(`${url}/text-to-image`, { method: "POST", headers });
    call.on("error", () => undefined);
    call.end(JSON.stringify(large));
    await until(when);
    call.destroy();
  };

  it("stay drawn while the gateway has the request", async () => {
    await using service = await limited([{ kind: "silent", times: 1 }]);
    await hangUp(service, () => service.posted()[0]?.body !== undefined);
    await until(() => service.posted()[0]?.end === "aborted");
    assert.strictEqual((await service.ask()).statusCode, 429);
  });

  it("are the key's again before the gateway has taken it", async () => {
    await using service = await limited([{ kind: "rate-limited", retryAfter: "120", times: 1 }], {});
    await hangUp(service, () => service.posted()[0]?.end === "answered");
    let { statusCode } = await service.ask();
    while (statusCode === 429) ({ statusCode } = await service.ask());
    assert.strictEqual(statusCode, 200);
  });
});
