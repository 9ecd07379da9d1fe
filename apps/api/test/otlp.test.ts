import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { type Delivery, startCollector } from "./collector.ts";
import { requestId as uuidV7 } from "./problems.ts";
import { small } from "./serve.ts";
import { askAt, type Environment, runApi, sources, startApi } from "./startApi.ts";

const key = "sk-live-7c1d0e5f+/=";
const prompt = "a canary in a coal mine";

/** Fetching a file is a call too. */
const keepNothing = { SLUICE_MEDIA_STORE: "off" };

/** What a service that keeps no files wrote in its whole life, in which it was asked for an image by each of these. */
const lifeOf = async (
  env: Environment,
  asked: ReadonlyArray<object> = [{ ...small, prompt }],
  program?: ReadonlyArray<string>,
) => {
  await using gateway = await startEmulator();
  const settings = { SLUICE_GATEWAY: gateway.url, LIVEPEER_API_KEY: key, ...keepNothing };
  await using api = await startApi({ ...settings, ...env }, undefined, program);
  const statuses: Array<number> = [];
  for (const fields of asked) statuses.push((await askAt(api.url, fields)).status);
  api.signal("SIGTERM");
  const { code, stdout, stderr } = await api.ended;
  assert.strictEqual(code, 0, stderr);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { statuses, lines, stdout, stderr, gateway: gateway.url };
};

const warnings = (lines: ReadonlyArray<Readonly<Record<string, unknown>>>) => lines.filter(({ level }) => level === 40);

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Point {
  readonly attributes: ReadonlyArray<Attribute>;
  readonly asInt?: number;
  readonly count?: number;
}
interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly dataPoints: ReadonlyArray<Point> };
  readonly histogram?: { readonly dataPoints: ReadonlyArray<Point> };
}
interface Resource {
  readonly attributes: ReadonlyArray<Attribute>;
}
interface Metrics {
  readonly resourceMetrics: [{ resource: Resource; scopeMetrics: [{ metrics: ReadonlyArray<Metric> }] }];
}
interface Traces {
  readonly resourceSpans: [{ resource: Resource; scopeSpans: [{ spans: ReadonlyArray<Span> }] }];
}
interface Span {
  readonly name: string;
  readonly attributes: ReadonlyArray<Attribute>;
  readonly events: ReadonlyArray<{ readonly name: string }>;
  readonly status: object;
}

const last = (deliveries: ReadonlyArray<Delivery>, path: string): Delivery => {
  const found = deliveries.findLast((delivery) => delivery.path === path);
  assert.isDefined(found, `nothing came to ${path}`);
  return found;
};

const read = (attributes: ReadonlyArray<Attribute>) =>
  Object.fromEntries(attributes.map(({ key: name, value }) => [name, Object.values(value)[0]]));

describe("with a collector in its environment, the service", () => {
  it("sends the metrics and the trace of a call, under the names that it is given, before it ends", async () => {
    await using collector = await startCollector();
    const { statuses, gateway, lines } = await lifeOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_HEADERS: "x-team=media,authorization=Bearer%20collector-token",
      OTEL_SERVICE_NAME: "fox-drawer",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    });
    assert.deepStrictEqual(statuses, [200]);
    assert.isEmpty(warnings(lines));
    for (const { headers } of collector.deliveries) {
      assert.include(headers, {
        "content-type": "application/json",
        "x-team": "media",
        authorization: "Bearer collector-token",
      });
    }

    const { resourceMetrics } = JSON.parse(String(last(collector.deliveries, "/v1/metrics").body)) as Metrics;
    const named = { "service.name": "fox-drawer", "deployment.environment.name": "test" };
    assert.include(read(resourceMetrics[0].resource.attributes), named);
    const { metrics } = resourceMetrics[0].scopeMetrics[0];
    const pointsOf = ({ sum, histogram }: Metric) => [...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])];
    const shown = Object.fromEntries(metrics.map((metric) => [metric.name, [metric.unit, pointsOf(metric).length]]));
    assert.deepInclude(shown, {
      "gen_ai.client.operation.duration": ["s", 1],
      "livepeer.gateway.attempts": ["{attempt}", 1],
      "livepeer.gateway.operations": ["{operation}", 1],
      "livepeer.gateway.cost.usd": ["USD", 1],
    });
    const [attempt] = metrics.filter(({ name }) => name === "livepeer.gateway.attempts").flatMap(pointsOf);
    assert.strictEqual(attempt?.asInt, 1);
    assert.deepStrictEqual(read(attempt?.attributes ?? []), {
      "gen_ai.operation.name": "generate_content",
      "gen_ai.provider.name": "livepeer",
      "gen_ai.request.model": "SG161222/RealVisXL_V4.0_Lightning",
      "livepeer.pipeline": "text-to-image",
      "livepeer.gateway": gateway,
      "http.response.status_code": "200",
    });

    const { resourceSpans } = JSON.parse(String(last(collector.deliveries, "/v1/traces").body)) as Traces;
    assert.include(read(resourceSpans[0].resource.attributes), named);
    const { spans } = resourceSpans[0].scopeSpans[0];
    assert.deepStrictEqual(
      spans.map(({ name, status, events }) => ({ name, status, events: events.map((event) => event.name) })),
      [
        {
          name: "generate_content SG161222/RealVisXL_V4.0_Lightning",
          status: { code: 1 },
          events: ["attempt-started", "attempt-ended"],
        },
      ],
    );
    const known = { "livepeer.attempts": 1, "gen_ai.output.type": "image" };
    for (const { attributes } of spans) assert.include(read(attributes), known);
  });

  it("speaks protobuf unless told otherwise, and calls itself sluice-api", async () => {
    await using collector = await startCollector();
    await lifeOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/otlp/` });
    for (const path of ["/otlp/v1/metrics", "/otlp/v1/traces"]) {
      const { headers, body } = last(collector.deliveries, path);
      assert.strictEqual(headers["content-type"], "application/x-protobuf");
      // Its texts are plain in it.
      for (const text of ["service.name", "sluice-api", "SG161222/RealVisXL_V4.0_Lightning"]) {
        assert.include(body.toString("latin1"), text);
      }
    }
  });

  it("shows no prompt, no key and no path of a gateway's, to the collector or in its log", async () => {
    await using collector = await startCollector();
    await using gateway = await startEmulator();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
    const asked = [
      { ...small, prompt },
      { prompt: `${prompt} `.repeat(2), model_id: "none/such" },
    ];
    const { statuses, stdout, lines } = await lifeOf({ ...env, SLUICE_GATEWAY: `${gateway.url}/t0ken` }, asked);
    assert.deepStrictEqual(statuses, [404, 404]);
    assert.lengthOf(
      lines.filter(({ msg }) => msg === "call"),
      2,
    );
    const sent = collector.deliveries.map(({ body, headers }) => JSON.stringify(headers) + String(body)).join("\n");
    assert.include(sent, "SLUICE-404-PIPELINE");
    for (const secret of [key, prompt, "t0ken"]) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").slice(0, -4)]) {
        assert.notInclude(sent + stdout, form);
      }
    }
  });

  it("answers all the same when there is no collector, and says so once", async () => {
    const gone = await startCollector();
    await gone.close();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: gone.url, OTEL_EXPORTER_OTLP_HEADERS: "authorization=s3cret" };
    const timing = { OTEL_EXPORTER_OTLP_TIMEOUT: "300", OTEL_BSP_SCHEDULE_DELAY: "1" };
    const { statuses, lines, stdout } = await lifeOf({ ...env, ...timing }, [small, small]);
    assert.deepStrictEqual(statuses, [200, 200]);
    const said = warnings(lines).map(({ collector, reason, msg }) => ({ collector, reason, msg }));
    const msg = "telemetry cannot be sent; requests go on";
    assert.deepStrictEqual(said, [{ collector: gone.url, reason: "ECONNREFUSED", msg }]);
    assert.notInclude(stdout, "s3cret");
  });

  for (const [what, status, reason] of [
    ["refuses", 401, "status 401"],
    ["never answers", "silent", "no answer"],
  ] as const) {
    it(`answers all the same, and ends, when the collector ${what}`, async () => {
      await using collector = await startCollector(status);
      const timeout = status === "silent" ? "100" : "10000";
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_TIMEOUT: timeout };
      const { statuses, lines } = await lifeOf(env);
      assert.deepStrictEqual(statuses, [200]);
      assert.deepStrictEqual(
        warnings(lines).map((line) => line["reason"]),
        [reason],
      );
    });
  }

  for (const [what, mistaken, variable] of [
    ["a protocol that it does not speak", { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "OTEL_EXPORTER_OTLP_PROTOCOL"],
    ["a header that is none", { OTEL_EXPORTER_OTLP_HEADERS: "a=%s3cret" }, "OTEL_EXPORTER_OTLP_HEADERS"],
    ["an interval that is none", { OTEL_METRIC_EXPORT_INTERVAL: "s3cret" }, "OTEL_METRIC_EXPORT_INTERVAL"],
  ] as const) {
    it(`is not kept from its work by ${what}, and names the variable`, async () => {
      await using collector = await startCollector();
      const { statuses, lines, stdout } = await lifeOf({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...mistaken });
      assert.deepStrictEqual(statuses, [200]);
      const [warning, ...others] = warnings(lines);
      assert.isEmpty(others);
      assert.include(warning?.["msg"], variable);
      assert.notInclude(stdout, "s3cret");
      assert.isEmpty(collector.deliveries);
    });
  }
});

it.each([["--check"], []])("an endpoint without a scheme keeps the service from starting: %s", async (...args) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318", SLUICE_LOG_LEVEL: "loud" };
  const { code, stderr } = await runApi(env, ...args);
  assert.strictEqual(code, 78, stderr);
  assert.match(stderr, /\n {2}- OTEL_EXPORTER_OTLP_ENDPOINT: must be .*http:\/\/collector:4318\n/);
  assert.match(stderr, /\n {2}- SLUICE_LOG_LEVEL: /);
});

it("an exporter is loaded when the environment asks for one, and not before", async () => {
  const hooks = 'registerHooks({load(url,context,next){process.stderr.write(url+"\\n");return next(url,context)}})';
  const tellLoads = `data:text/javascript,import{registerHooks}from"node:module";${hooks}`;
  const loads = async (env: Environment) => {
    const { stderr } = await lifeOf({ NODE_OPTIONS: `--import=${encodeURI(tellLoads)}`, ...env }, undefined, sources);
    assert.include(stderr, "ManagedRuntime");
    return stderr.includes("OtlpExporter");
  };
  assert.isTrue(await loads({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_EXPORTER_OTLP_TIMEOUT: "100" }));
  assert.isFalse(await loads({ OTEL_SERVICE_NAME: "fox-drawer" }));
});

describe("each call to the gateway", () => {
  it("is one line of the log, with its cost to the last digit, and needs no collector", async () => {
    const { lines, gateway } = await lifeOf({}, [small, { prompt: "" }]);
    const calls = lines.filter(({ msg }) => msg === "call");
    assert.lengthOf(calls, 1);
    const { level, time, hostname: _, pid: __, ms, waitedMs, requestId, ...call } = calls[0] ?? {};
    assert.strictEqual(level, 30);
    for (const number of [time, ms, waitedMs]) assert.isNumber(number);
    assert.match(String(requestId), uuidV7);
    assert.deepStrictEqual(call, {
      gateway,
      pipeline: "text-to-image",
      model: "SG161222/RealVisXL_V4.0_Lightning",
      outcome: "ok",
      class: "ok",
      status: 200,
      statuses: [200],
      attempts: 1,
      coldStart: false,
      costUsd: "0.000077824",
      units: "4096",
      unit: "pixel",
      charges: "usage",
      msg: "call",
    });
  });
});
