/**
 * Calls as metrics of Effect, for whatever exporter the program has. They have OpenTelemetry's names, and its units:
 * seconds. Attempts and calls are counted apart: alerts watch attempts, objectives watch calls.
 *
 * Effect knows a metric's unit as its attribute `unit`; its OTLP exporter makes the unit of it.
 */
import * as Effect from "effect/Effect";
import * as Metric from "effect/Metric";
import type { AttemptEnded, CallEnded, OnEvent } from "../CallEvent.ts";
import type { Cost } from "../Cost.ts";
import { operationDurationBounds, operationOf } from "../operations.ts";
import { type Labels, Labeller } from "../record/Labels.ts";
import { outcomeLabel, statusLabel } from "../record/outcomeLabel.ts";

export interface EffectMetricsOptions {
  /** Models of yours that the catalog does not have, by their exact names. Others are counted together, as `other`. */
  readonly models?: ReadonlyArray<string>;
}

/** Its metrics are those of the surrounding program: of the registry that Effect's context has. */
export const effectMetrics = ({ models = [] }: EffectMetricsOptions = {}): Effect.Effect<OnEvent> =>
  Effect.map(Effect.context(), (context): OnEvent => {
    const labeller = new Labeller(models);
    const instruments = makeInstruments();
    return (event) => {
      if (event.type !== "attempt-ended" && event.type !== "call-ended") return;
      const labels = labeller.labelsOf(event);
      const tell: Tell = (name, value, own = {}) => {
        instruments[name].of(labels, own).updateUnsafe(value as never, context);
      };
      if (event.type === "attempt-ended") attemptEnded(tell, event);
      else callEnded(tell, event);
    };
  });

type Attributes = Readonly<Record<string, string>>;
type Instruments = ReturnType<typeof makeInstruments>;
type ValueOf<Name extends keyof Instruments> = Instruments[Name] extends Instrument<infer Value> ? Value : never;
type Tell = <Name extends keyof Instruments>(name: Name, value: ValueOf<Name>, own?: Attributes) => void;

const attemptEnded = (tell: Tell, { status, outcome, ms, firstTokenMs }: AttemptEnded): void => {
  const answered: Attributes = status === null ? {} : { "http.response.status_code": statusLabel(status) };
  tell("attempts", 1n, { ...answered, ...failed(outcome) });
  tell("attemptDuration", ms / 1_000, failed(outcome));
  if (firstTokenMs !== undefined) tell("firstChunk", firstTokenMs / 1_000);
};

const callEnded = (tell: Tell, { outcome, ms, waitedMs, attempts, coldStart, cost }: CallEnded): void => {
  tell("duration", ms / 1_000, failed(outcome));
  tell("operations", 1n, failed(outcome));
  if (attempts > 1) tell("retries", BigInt(attempts - 1));
  if (coldStart && outcome === "ok") tell("coldStarts", 1n);
  tell("waits", waitedMs / 1_000);
  if (cost !== undefined) paid(tell, cost);
};

/** An amount that is not known is counted as such, and adds nothing to the others. */
const paid = (tell: Tell, { units, unit, usd, charges }: Cost): void => {
  if (units !== "unknown") tell("units", units, { "livepeer.billing.unit": unit });
  if (charges === "nothing") return;
  if (usd === "unknown") tell("unpriced", 1n);
  else tell("cost", Number(usd));
};

const failed = (outcome: string): Attributes => (outcome === "ok" ? {} : { "error.type": outcomeLabel(outcome) });

/** A metric, and its series: one for each set of values that it was split by, made when it is first needed. */
class Instrument<Value extends number | bigint> {
  readonly #make: (attributes: Attributes) => Metric.Metric<Value, unknown>;
  readonly #series = new Map<string, Metric.Metric<Value, unknown>>();

  constructor(make: (attributes: Attributes) => Metric.Metric<Value, unknown>) {
    this.#make = make;
  }

  of(labels: Labels, own: Attributes): Metric.Metric<Value, unknown> {
    const { gateway, pipeline, model } = labels;
    const key = JSON.stringify([gateway, pipeline, model, own]);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#make({ ...attributesOfSeries(labels), ...own });
      this.#series.set(key, series);
    }
    return series;
  }
}

const attributesOfSeries = ({ gateway, pipeline, model }: Labels): Attributes => ({
  "gen_ai.operation.name": operationOf(pipeline).name,
  "gen_ai.provider.name": "livepeer",
  ...(model === "" ? {} : { "gen_ai.request.model": model }),
  "livepeer.pipeline": pipeline,
  "livepeer.gateway": gateway,
});

const counter = (name: string, unit: string, description: string) =>
  new Instrument((attributes) =>
    Metric.counter(name, { description, attributes: { ...attributes, unit }, incremental: true, bigint: true }),
  );

const seconds = (name: string, description: string) =>
  new Instrument((attributes) =>
    Metric.histogram(name, {
      description,
      attributes: { ...attributes, unit: "s" },
      boundaries: operationDurationBounds,
    }),
  );

const makeInstruments = () => ({
  duration: seconds("gen_ai.client.operation.duration", "How long calls took, with all their attempts and waits."),
  firstChunk: seconds(
    "gen_ai.client.operation.time_to_first_chunk",
    "From the start of a token stream's attempt to its first piece of text.",
  ),
  operations: counter("livepeer.gateway.operations", "{operation}", "Calls that ended."),
  attempts: counter("livepeer.gateway.attempts", "{attempt}", "Requests to gateways that ended."),
  attemptDuration: seconds("livepeer.gateway.attempt.duration", "How long requests to gateways took."),
  retries: counter("livepeer.gateway.retries", "{attempt}", "Requests beyond the first of their call."),
  coldStarts: counter(
    "livepeer.gateway.cold_starts",
    "{operation}",
    "Calls that gave a result after they had met a cold model.",
  ),
  waits: seconds("livepeer.gateway.wait.duration", "How much of their time calls had no request under way."),
  units: counter("livepeer.gateway.billing.units", "{unit}", "What was billed for, in the pipeline's unit."),
  unpriced: counter("livepeer.gateway.unpriced", "{operation}", "Calls whose cost is not known, and not in the sum."),
  cost: new Instrument((attributes) =>
    Metric.counter("livepeer.gateway.cost.usd", {
      description: "What calls cost, for charts: a sum of floats.",
      attributes: { ...attributes, unit: "USD" },
      incremental: true,
    }),
  ),
});
