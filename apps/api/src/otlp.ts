/**
 * Metrics and traces of the calls, sent to an OpenTelemetry collector. It is loaded when the environment asks for it.
 *
 * Whatever happens to the collector, requests go on: an event only changes what is in memory, a send is given up after its
 * timeout, and when it cannot send, Effect's exporter drops what it has and pauses for a minute.
 */
import { effectMetrics, effectSpans, type OnEvent } from "@sluice/telemetry";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import * as FetchHttpClient from "effect/http/FetchHttpClient";
import * as HttpClient from "effect/http/HttpClient";
import { HttpClientError, TransportError } from "effect/http/HttpClientError";
import * as Layer from "effect/Layer";
import * as ManagedRuntime from "effect/ManagedRuntime";
import * as OtlpMetrics from "effect/observability/OtlpMetrics";
import * as OtlpSerialization from "effect/observability/OtlpSerialization";
import * as OtlpTracer from "effect/observability/OtlpTracer";
import type { FastifyBaseLogger } from "fastify";
import type { OtlpSettings, Protocol } from "./otlpEnvironment.ts";

export interface Otlp {
  readonly onEvent: OnEvent;
  /** Sends what is left, for as long as that may take. */
  readonly close: () => Promise<void>;
}

type Log = Pick<FastifyBaseLogger, "warn">;

/** How long the end of the service may wait for the collector. In milliseconds. */
const patience = 5_000;

/** OpenTelemetry's default for one send, in milliseconds. */
const defaultTimeout = "10000";

/** `undefined` when nothing can be sent: the settings' warnings say why, or one in the log. */
export const openOtlp = async (settings: OtlpSettings, log: Log): Promise<Otlp | undefined> => {
  if (settings.signals.size === 0) return undefined;
  const runtime = ManagedRuntime.make(layerOf(settings, log));
  const observers = Effect.all([
    ...(settings.signals.has("metrics") ? [effectMetrics()] : []),
    ...(settings.signals.has("traces") ? [effectSpans] : []),
  ]);
  try {
    const tell = await runtime.runPromise(observers);
    return {
      onEvent: (event) => {
        for (const onEvent of tell) onEvent(event);
      },
      close: () => Promise.race([runtime.dispose(), waited(patience)]),
    };
  } catch (error) {
    // Its message may repeat a variable's value, and so a key; the names are enough to find it.
    const names = Object.keys(settings.variables).filter((name) => String(error).includes(name));
    log.warn(`no telemetry is sent, because of ${names.join(", ") || "its variables"}`);
    return undefined;
  }
};

const waited = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

const layerOf = ({ signals, variables }: OtlpSettings, log: Log) =>
  Layer.mergeAll(
    Layer.provide(OtlpMetrics.layerFromConfig(), metricsAs(signals.get("metrics"))),
    Layer.provide(OtlpTracer.layerFromConfig(), serialized(signals.get("traces"))),
  ).pipe(
    Layer.provide(watchedClient(Number(variables["OTEL_EXPORTER_OTLP_TIMEOUT"] ?? defaultTimeout), log)),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(variables))),
  );

const serialized = (protocol: Protocol | undefined) =>
  protocol === "http/json" ? OtlpSerialization.layerJson : OtlpSerialization.layerProtobuf;

/** Effect keeps a metric's unit as an attribute too, where OpenTelemetry has none. */
const metricsAs = (protocol: Protocol | undefined) =>
  Layer.effect(
    OtlpSerialization.OtlpSerialization,
    Effect.map(OtlpSerialization.OtlpSerialization, (serialization) => ({
      ...serialization,
      metrics: (data: OtlpMetrics.MetricsData) => {
        const metrics = data.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
        for (const { sum, histogram } of metrics) {
          for (const point of [...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])]) {
            point.attributes = (point.attributes ?? []).filter(({ key }) => key !== "unit");
          }
        }
        return serialization.metrics(data);
      },
    })),
  ).pipe(Layer.provide(serialized(protocol)));

/** Gives each send its timeout, and warns of the first that fails since all succeeded. */
const watchedClient = (timeoutMs: number, log: Log) => {
  /** Where nothing can be sent; each signal has an address of its own. */
  const down = new Set<string>();
  const failed = (url: string, reason: string) => {
    if (down.size === 0)
      log.warn({ collector: new URL(url).origin, reason }, "telemetry cannot be sent; requests go on");
    down.add(url);
  };
  return Layer.effect(
    HttpClient.HttpClient,
    Effect.map(
      HttpClient.HttpClient,
      HttpClient.transform((answer, request) =>
        answer.pipe(
          // The whole answer: a collector may fall silent in the middle.
          Effect.tap((response) => response.arrayBuffer),
          Effect.timeoutOrElse({
            duration: timeoutMs,
            orElse: () => Effect.fail(new HttpClientError({ reason: new TransportError({ request }) })),
          }),
          Effect.tap(({ status }) =>
            Effect.sync(() => {
              if (status >= 300) failed(request.url, `status ${status}`);
              else down.delete(request.url);
            }),
          ),
          Effect.tapError((error) =>
            Effect.sync(() => {
              failed(request.url, codeOf(error));
            }),
          ),
        ),
      ),
    ),
  ).pipe(Layer.provide(FetchHttpClient.layer));
};

/** Such as `ECONNREFUSED`. Never a message: fetch repeats the headers that it does not like. */
const codeOf = ({ reason }: HttpClientError): string => {
  const cause = "cause" in reason && reason.cause instanceof Error ? reason.cause.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
};
