import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { problemOf, requestId } from "../problems.ts";
import { generation, serve, small } from "../serve.ts";

type Headers = Readonly<Record<string, unknown>>;

/** Of a `Server-Timing` header, the milliseconds by their names. */
const timingIn = (headers: Headers): Readonly<Record<string, number>> =>
  Object.fromEntries(
    String(headers["server-timing"])
      .split(", ")
      .map((metric) => metric.split(";dur="))
      .map(([name = "", ms]) => [name, Number(ms)] as const),
  );

describe("a request's name", () => {
  it.each(["a", "req-1:2_3.4", "0af76519-16cd-43dd-8448-eb211c80319c", "x".repeat(128)])(
    "is the caller's own, in the answer and for the call: %s",
    async (name) => {
      await using service = await serve();
      const answer = await service.app.inject({ ...generation(), headers: { "x-request-id": name } });
      assert.strictEqual(answer.headers["x-request-id"], name);
      const refused = await service.app.inject({ ...generation({}), headers: { "x-request-id": name } });
      assert.strictEqual(problemOf(refused).requestId, name);
      const { body } = await service.app.inject({ method: "GET", url: "/sluice/v1/requests" });
      const { requests } = JSON.parse(body) as { readonly requests: ReadonlyArray<{ readonly requestId: string }> };
      assert.deepStrictEqual(
        requests.map((one) => one.requestId),
        [name, name],
      );
    },
  );

  it.each(["", "a b", "<script>", "x".repeat(129), "ümlaut", 'a"b'])("is not %j, but a new UUID v7", async (name) => {
    await using service = await serve();
    const { headers } = await service.app.inject({ ...generation(), headers: { "x-request-id": name } });
    assert.match(String(headers["x-request-id"]), requestId);
  });

  it("is another for each request, and sorts by time", async () => {
    await using service = await serve();
    const names: Array<string> = [];
    for (let count = 0; count < 5; count += 1) {
      const { headers } = await service.app.inject({ method: "GET", url: "/livez" });
      names.push(String(headers["x-request-id"]));
    }
    assert.lengthOf(new Set(names), 5);
    const times = names.map((name) => name.slice(0, 13));
    assert.deepStrictEqual(times.toSorted(), times);
  });
});

describe("the headers of an answer", () => {
  it("tell what the call cost, how many requests it took, and who answered", async () => {
    await using service = await serve({ faults: [{ kind: "internal", times: 1 }] });
    const { statusCode, headers } = await service.app.inject(generation());
    assert.strictEqual(statusCode, 200);
    assert.include(headers, {
      "x-sluice-cost": "0.000077824",
      "x-sluice-model": "SG161222/RealVisXL_V4.0_Lightning",
      "x-sluice-gateway": service.emulator.url,
    });
    assert.strictEqual(String(headers["x-sluice-attempts"]), "2");
  });

  it("tell how long the gateway took and how long none did, which is no more than the whole", async () => {
    await using service = await serve({ latencyMs: 40, faults: [{ kind: "internal", times: 1 }] });
    const before = performance.now();
    const { headers } = await service.app.inject(generation());
    const whole = performance.now() - before;
    const { gateway = 0, wait = 0 } = timingIn(headers);
    assert.isAtLeast(gateway, 39);
    assert.isAbove(wait, 0);
    assert.isAtMost(gateway + wait, whole + 1);
  });

  it("tell of a failure too: attempts, gateway, model, and the time that it took", async () => {
    await using service = await serve({ faults: [{ kind: "retired", ms: 30 }] });
    const answer = await service.app.inject(generation());
    const { status, attempts } = problemOf(answer);
    assert.strictEqual(status, 410);
    assert.strictEqual(String(answer.headers["x-sluice-attempts"]), "1");
    assert.strictEqual(answer.headers["x-sluice-gateway"], service.emulator.url);
    assert.approximately(timingIn(answer.headers)["gateway"] ?? 0, attempts[0]?.ms ?? 0, 1);
    assert.notProperty(answer.headers, "x-sluice-cost");
  });

  it("hand on nothing that the gateway sets, and ask it for nothing of the caller's", async () => {
    await using service = await serve();
    const headers = { cookie: "session=s3cret", "x-forwarded-for": "1.2.3.4", authorization: "Bearer callers" };
    const answer = await service.app.inject({ ...generation(), headers });
    assert.strictEqual(answer.statusCode, 200);
    assert.notProperty(answer.headers, "set-cookie");
    assert.notProperty(answer.headers, "server");
    assert.isFalse(service.emulator.journal()[0]?.authorized);
  });

  it("keep a browser from doing with an answer what nobody meant", async () => {
    await using service = await serve();
    for (const request of [generation(), generation({}), { method: "GET", url: "/nowhere" } as const]) {
      const { headers } = await service.app.inject(request);
      assert.include(headers, { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
      assert.match(String(headers["content-security-policy"]), /^default-src 'none'/);
    }
  });
});

describe("behind a proxy", () => {
  const forwarded = { host: "127.0.0.1", "x-forwarded-host": "ai.example", "x-forwarded-proto": "https" };
  const urlFor = async (configuration: object) => {
    await using gateway = await startEmulator();
    await using service = await serve({}, { gateway: gateway.url }, { configuration });
    const { body } = await service.app.inject({ ...generation(small), headers: forwarded });
    return (JSON.parse(body) as { readonly images: readonly [{ readonly url: string }] }).images[0].url;
  };

  it("files are where the proxy says that callers are, if it is trusted", async () => {
    assert.match(await urlFor({ trustProxy: ["127.0.0.1"] }), /^https:\/\/ai\.example\/media\//);
    assert.match(await urlFor({ trustProxy: ["10.0.0.0/8"] }), /^http:\/\/127\.0\.0\.1\/media\//);
    assert.match(await urlFor({}), /^http:\/\/127\.0\.0\.1\/media\//);
  });

  it("files are where the operator says that callers are", async () => {
    assert.match(await urlFor({ publicUrl: "https://ai.example/sluice/" }), /^https:\/\/ai\.example\/sluice\/media\//);
  });
});
