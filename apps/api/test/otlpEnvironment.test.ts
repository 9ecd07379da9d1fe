import { assert, describe, it } from "vitest";
import { readOtlp } from "../src/otlpEnvironment.ts";

const at = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c.example:4318" };

const signalsOf = (env: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(readOtlp(env)?.signals ?? []);

describe("the environment asks for telemetry", () => {
  const table: ReadonlyArray<readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>]> = [
    [{}, {}],
    [{ OTEL_SERVICE_NAME: "a", OTEL_EXPORTER_OTLP_ENDPOINT: "" }, {}],
    [at, { metrics: "http/protobuf", traces: "http/protobuf" }],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c.example/t" }, { traces: "http/protobuf" }],
    [{ OTEL_METRICS_EXPORTER: "console, OTLP" }, { metrics: "http/protobuf" }],
    [{ ...at, OTEL_TRACES_EXPORTER: "none" }, { metrics: "http/protobuf" }],
    [
      { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
      { metrics: "http/json", traces: "http/json" },
    ],
    [
      { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json", OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf" },
      { metrics: "http/json", traces: "http/protobuf" },
    ],
    [{ ...at, OTEL_SDK_DISABLED: "True" }, {}],
    [{ ...at, OTEL_SDK_DISABLED: "false", OTEL_METRICS_EXPORTER: "none" }, { traces: "http/protobuf" }],
  ];

  it.each(table)("with %j: %j", (env, signals) => {
    assert.deepStrictEqual(signalsOf(env), signals);
    if (Object.keys(signals).length === 0) assert.isUndefined(readOtlp(env));
  });

  it("in a protocol that is not spoken: of that signal nothing is sent, and the variable is named once", () => {
    const { signals, warnings } = readOtlp({ ...at, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }) ?? {};
    assert.strictEqual(signals?.size, 0);
    assert.lengthOf(warnings ?? [], 1);
    assert.match(warnings?.[0] ?? "", /^OTEL_EXPORTER_OTLP_PROTOCOL must be http\/protobuf or http\/json/);
    const half = { ...at, OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "grpc" };
    assert.deepStrictEqual(signalsOf(half), { traces: "http/protobuf" });
    assert.match(readOtlp(half)?.warnings[0] ?? "", /^OTEL_EXPORTER_OTLP_METRICS_PROTOCOL /);
  });
});

describe("an endpoint", () => {
  const mistakenIn = (env: Readonly<Record<string, string>>) =>
    (readOtlp(env)?.mistakes ?? []).map((mistake) => {
      assert.match(mistake, /^OTEL_\w+: must be a URL that begins with http:\/\/ or https:\/\/, such as http:\/\//);
      return mistake.split(":")[0];
    });

  it.each([
    "collector:4318",
    "localhost:4318",
    "127.0.0.1:4318",
    "collector",
    "//collector:4318",
    "grpc://c:4317",
    "http:",
  ])("such as %s can be sent nothing: its variable is told, once, and its value is not", (endpoint) => {
    assert.deepStrictEqual(mistakenIn({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }), ["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    const own = { ...at, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint };
    assert.deepStrictEqual(mistakenIn(own), ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]);
    const secret = { OTEL_EXPORTER_OTLP_ENDPOINT: `collector:4318/s3cret` };
    assert.notInclude(JSON.stringify(readOtlp(secret)?.mistakes), "s3cret");
  });

  it.each(["http://collector:4318", "HTTPS://collector.example/otlp/", " http://[::1]:4318 ", "http://a:b@collector"])(
    "such as %s is taken",
    (endpoint) => {
      assert.isEmpty(mistakenIn({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }));
    },
  );

  it("that nothing would be sent to is no mistake", () => {
    const none = { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" };
    const own = {
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://c.example/m",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c.example/t",
    };
    for (const env of [
      { ...none, OTEL_SDK_DISABLED: "true" },
      { ...none, OTEL_METRICS_EXPORTER: "none", OTEL_TRACES_EXPORTER: "none" },
      // Of gRPC it is the right form, and all that is sent there is a warning.
      { ...none, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
      { ...none, ...own },
    ]) {
      assert.isEmpty(mistakenIn(env), JSON.stringify(env));
    }
  });
});

describe("what is not said", () => {
  const nameIn = (env: Readonly<Record<string, string>>) => readOtlp({ ...at, ...env })?.variables["OTEL_SERVICE_NAME"];

  it("is the collector on this machine, and the service's own name", () => {
    const { variables = {} } = readOtlp({ OTEL_TRACES_EXPORTER: "otlp" }) ?? {};
    assert.strictEqual(variables["OTEL_EXPORTER_OTLP_ENDPOINT"], "http://localhost:4318");
    assert.strictEqual(variables["OTEL_SERVICE_NAME"], "sluice-api");
    assert.strictEqual(nameIn({ OTEL_SERVICE_NAME: "fox" }), "fox");
    assert.isUndefined(nameIn({ OTEL_RESOURCE_ATTRIBUTES: "a=b, service.name=fox" }));
  });

  it("takes nothing from the environment that is not OpenTelemetry's", () => {
    const { variables = {} } = readOtlp({ ...at, LIVEPEER_API_KEY: "sk-1", PATH: "/bin" }) ?? {};
    for (const name of Object.keys(variables)) assert.match(name, /^OTEL_/);
  });
});
