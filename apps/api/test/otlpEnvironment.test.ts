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
    const { signals, mistakes } = readOtlp({ ...at, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }) ?? {};
    assert.strictEqual(signals?.size, 0);
    assert.lengthOf(mistakes ?? [], 1);
    assert.match(mistakes?.[0] ?? "", /^OTEL_EXPORTER_OTLP_PROTOCOL must be http\/protobuf or http\/json/);
    const half = { ...at, OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "grpc" };
    assert.deepStrictEqual(signalsOf(half), { traces: "http/protobuf" });
    assert.match(readOtlp(half)?.mistakes[0] ?? "", /^OTEL_EXPORTER_OTLP_METRICS_PROTOCOL /);
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
