import * as fc from "fast-check";
import { fieldsOf, problemOf } from "../problems.ts";
import { assert, describe, it } from "vitest";
import { type Answered, type RecentRequest, RecentRequests } from "../../src/platform/RecentRequests.ts";
import { aKey, generation, serve, small } from "../serve.ts";

type Service = Awaited<ReturnType<typeof serve>>;

const recent = async ({ admin }: Service, query = ""): Promise<ReadonlyArray<RecentRequest>> => {
  const { statusCode, body } = await admin.inject({ method: "GET", url: `/sluice/v1/requests${query}` });
  assert.strictEqual(statusCode, 200, body);
  return (JSON.parse(body) as { readonly requests: ReadonlyArray<RecentRequest> }).requests;
};

describe("GET /sluice/v1/requests", () => {
  it("has a request with its caller's key by name, its cost and its attempts", async () => {
    const { entry, headers } = aKey({ name: "shop" });
    const faults = [{ kind: "internal", times: 1 }] as const;
    await using service = await serve({ faults }, {}, { configuration: { keys: [entry] } });
    await service.app.inject({ ...generation(), headers });
    const [first, ...others] = await recent(service);
    assert.isDefined(first);
    assert.isEmpty(others);
    const { at, ms, requestId, attempts, ...request } = first;
    assert.deepStrictEqual(request, {
      method: "POST",
      path: "/text-to-image",
      status: 200,
      key: "shop",
      gateway: service.emulator.url,
      model: "SG161222/RealVisXL_V4.0_Lightning",
      pipeline: "text-to-image",
      outcome: "ok",
      coldStart: false,
      costUsd: "0.000077824",
    });
    assert.deepStrictEqual(
      attempts.map(({ status, outcome }) => ({ status, outcome })),
      [
        { status: 500, outcome: "SLUICE-500-INFERENCE" },
        { status: 200, outcome: "ok" },
      ],
    );
    assert.isNotEmpty(requestId);
    assert.isAtLeast(ms, 0);
    assert.strictEqual(new Date(at).toISOString(), at);
  });

  it("has the newest first, refused ones too, without what was asked, and as many as are wanted", async () => {
    const { entry, headers } = aKey();
    await using service = await serve({}, {}, { configuration: { keys: [entry] } });
    const prompt = "a canary in a coal mine";
    await service.app.inject({ ...generation({ ...small, prompt }), headers });
    await service.app.inject({ ...generation({ prompt, width: 1 }), url: `/text-to-image?key=${prompt}`, headers });
    await service.app.inject(generation({ prompt }));
    const requests = await recent(service);
    assert.deepStrictEqual(
      requests.map(({ status }) => status),
      [401, 422, 200],
    );
    assert.notInclude(JSON.stringify(requests), "canary");
    assert.lengthOf(await recent(service, "?limit=2"), 2);
    for (const odd of ["0", "-1", "many", "1.5", "501"]) {
      const url = `/sluice/v1/requests?limit=${odd}`;
      const refused = problemOf(await service.admin.inject({ method: "GET", url, headers: { host: "localhost" } }));
      assert.deepStrictEqual([refused.status, fieldsOf(refused)], [422, ["limit"]], odd);
    }
  });

  it("does not list health, files, or what operators look at", async () => {
    await using service = await serve();
    for (const url of ["/livez", "/readyz", "/openapi.json", "/media/none", "/sluice/v1/requests"]) {
      await service.app.inject({ method: "GET", url });
    }
    assert.isEmpty(await recent(service));
  });
});

describe("the list of requests", () => {
  const numbered = (status: number): Answered => ({
    ...{
      requestId: String(status),
      at: 0,
      method: "POST",
      path: "/",
      ms: 0,
      key: undefined,
      told: undefined,
      failedWith: undefined,
    },
    status,
  });

  it("keeps the last 500 in their order, whatever their number", () => {
    fc.assert(
      fc.property(fc.nat(1_300), fc.integer({ min: 1, max: 600 }), (count, limit) => {
        const requests = new RecentRequests();
        for (let status = 0; status < count; status += 1) requests.add(numbered(status));
        const expected = Array.from({ length: Math.min(count, 500, limit) }, (_, place) => count - 1 - place);
        assert.deepStrictEqual(
          requests.list(limit).map(({ status }) => status),
          expected,
        );
      }),
      { numRuns: 50 },
    );
  });
});
