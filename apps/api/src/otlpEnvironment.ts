/**
 * What the environment says of telemetry: the `OTEL_*` variables of OpenTelemetry's SDKs, as far as they decide what is
 * sent and how. Nothing here loads an exporter, because most services have none.
 */

export type Signal = "metrics" | "traces";
export type Protocol = "http/protobuf" | "http/json";

export interface OtlpSettings {
  readonly signals: ReadonlyMap<Signal, Protocol>;
  /** The variables, with the defaults that OpenTelemetry gives them. */
  readonly variables: Readonly<Record<string, string>>;
  /** A sentence for each variable that asks for what there is not. Its signal is not sent; the service runs all the same. */
  readonly warnings: ReadonlyArray<string>;
  /** A sentence for each address to which nothing could ever be sent: the service is not to start with it. */
  readonly mistakes: ReadonlyArray<string>;
}

type Variables = Readonly<Record<string, string | undefined>>;

const protocols: ReadonlyArray<string> = ["http/protobuf", "http/json"] satisfies ReadonlyArray<Protocol>;

/** `undefined`: nothing is to be sent. An empty variable counts as not set. */
export const readOtlp = (env: Variables): OtlpSettings | undefined => {
  const given: Variables = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith("OTEL_") && value !== ""),
  );
  if (given["OTEL_SDK_DISABLED"]?.toLowerCase() === "true") return undefined;
  const asked = (["metrics", "traces"] as const).filter((signal) => isAsked(given, signal));
  if (asked.length === 0) return undefined;
  const read = asked.map((signal) => [signal, ...protocolOf(given, signal)] as const);
  const signals = new Map(read.flatMap(([signal, protocol]) => (isSpoken(protocol) ? [[signal, protocol]] : [])));
  const warnings = read.flatMap(([, protocol, variable]) => (isSpoken(protocol) ? [] : [unspoken(variable)]));
  const mistakes = [...signals.keys()].flatMap((signal) => unreachable(given, signal));
  return {
    signals,
    variables: withDefaults(given, signals),
    warnings: [...new Set(warnings)],
    mistakes: [...new Set(mistakes)],
  };
};

/** By its exporter; without one, by an endpoint. `none` is an exporter too. */
const isAsked = (given: Variables, signal: Signal): boolean => {
  const exporter = given[`OTEL_${signal.toUpperCase()}_EXPORTER`];
  if (exporter !== undefined) return exporter.split(",").some((name) => name.trim().toLowerCase() === "otlp");
  return given[variableOf(given, signal, "ENDPOINT")] !== undefined;
};

/** A signal's own variable, where it is set, or else the one for both. */
const variableOf = (given: Variables, signal: Signal, name: "ENDPOINT" | "PROTOCOL"): string => {
  const own = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`;
  return given[own] === undefined ? `OTEL_EXPORTER_OTLP_${name}` : own;
};

const protocolOf = (given: Variables, signal: Signal): readonly [protocol: string, variable: string] => {
  const variable = variableOf(given, signal, "PROTOCOL");
  return [given[variable] ?? "http/protobuf", variable];
};

/** Without a scheme, `collector:4318` is a URL too: of the scheme `collector`. The value may hold a key, and is not repeated. */
const unreachable = (given: Variables, signal: Signal): ReadonlyArray<string> => {
  const variable = variableOf(given, signal, "ENDPOINT");
  const endpoint = given[variable];
  if (endpoint === undefined || /^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) return [];
  return [`${variable}: must be a URL that begins with http:// or https://, such as http://collector:4318`];
};

const isSpoken = (protocol: string): protocol is Protocol => protocols.includes(protocol);

const unspoken = (variable: string): string =>
  `${variable} must be ${protocols.join(" or ")}, and the endpoint a collector's port for HTTP, which is 4318`;

const withDefaults = (given: Variables, signals: OtlpSettings["signals"]): Readonly<Record<string, string>> => {
  const { OTEL_SDK_DISABLED: _, ...rest } = given;
  const named = /(^|,)\s*service\.name\s*=/.test(given["OTEL_RESOURCE_ATTRIBUTES"] ?? "");
  const all: Variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318",
    ...(named ? {} : { OTEL_SERVICE_NAME: "sluice-api" }),
    ...rest,
    OTEL_METRICS_EXPORTER: signals.has("metrics") ? "otlp" : "none",
    OTEL_TRACES_EXPORTER: signals.has("traces") ? "otlp" : "none",
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};
