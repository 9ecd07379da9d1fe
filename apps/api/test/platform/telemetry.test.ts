import { Report, Snapshot, Telemetry } from "@sluice/telemetry";
import { afterEach, assert, describe, it, vi } from "vitest";
import { generation, serve } from "../serve.ts";

type Service = Awaited<ReturnType<typeof serve>>;

const get = async ({ app }: Pick<Service, "app">, url: string): Promise<unknown> => {
  const { statusCode, headers, body } = await app.inject({ method: "GET", url });
  assert.strictEqual(statusCode, 200, body);
  assert.match(String(headers["content-type"]), /^application\/json\b/);
  return JSON.parse(body) as unknown;
};

const usual = "SG161222/RealVisXL_V4.0_Lightning";

/** Three calls, of which one fails. */
const withCalls = async () => {
  const service = await serve(
    { faults: [{ kind: "invalid", times: 1 }] },
    {},
    { configuration: { media: { store: "off" } } },
  );
  for (let count = 0; count < 3; count += 1) await service.app.inject(generation());
  return service;
};

describe("GET /sluice/v1/telemetry", () => {
  it("has the figures of the calls so far", async () => {
    await using service = await withCalls();
    const { series } = Report.parse(await get(service, "/sluice/v1/telemetry"));
    assert.lengthOf(series, 1);
    const { gateway, pipeline, model, calls, cost } = series[0] ?? {};
    const expected = { gateway: service.emulator.url, pipeline: "text-to-image", model: usual };
    assert.deepStrictEqual({ gateway, pipeline, model }, expected);
    assert.include(calls, { total: 3 });
    assert.strictEqual(calls?.byClass.ok, 2);
    assert.strictEqual(cost?.usd, "0.000155648");
    const operators = Report.parse(await get({ app: service.admin }, "/sluice/v1/telemetry"));
    assert.deepStrictEqual(operators.series, series);
  });

  it("has the counts behind them, which another replica's can be added to", async () => {
    await using service = await withCalls();
    const snapshot = Snapshot.parse(await get(service, "/sluice/v1/telemetry/snapshot"));
    const [once, twice] = [1, 2].map((times) => {
      const telemetry = new Telemetry();
      for (let count = 0; count < times; count += 1) telemetry.merge(snapshot);
      return telemetry.report();
    });
    assert.deepStrictEqual(once?.series, Report.parse(await get(service, "/sluice/v1/telemetry")).series);
    assert.strictEqual(twice?.series[0]?.calls.byClass.ok, 4);
  });
});

describe("GET /sluice/v1/alerts", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is empty while all is well, and names what fires after enough failures", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await using service = await serve({ faults: [{ kind: "internal" }] }, { maxRetries: 0 });
    assert.deepStrictEqual(await get(service, "/sluice/v1/alerts"), { alerts: [] });
    for (let count = 0; count < 25; count += 1) await service.app.inject(generation());
    vi.setSystemTime(Date.now() + 60_000);
    const { alerts } = (await get(service, "/sluice/v1/alerts")) as {
      readonly alerts: ReadonlyArray<{ readonly name: string; readonly state: string; readonly gateway: string }>;
    };
    const found = alerts.find(({ name }) => name === "LivepeerErrorBudgetFastBurn");
    assert.include(found, { state: "firing", gateway: service.emulator.url });
    const { body } = await service.admin.inject({ method: "GET", url: "/metrics" });
    assert.match(body, /^livepeer_alert_state\{.*LivepeerErrorBudgetFastBurn.*\} 2$/m);
  });
});
