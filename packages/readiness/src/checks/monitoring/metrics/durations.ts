/** Metrics of how long something took: histograms and summaries, by pipeline or not. */
import { isOfTheProcess } from "./isOfTheProcess.ts";
import type { Sample } from "./parseMetrics.ts";

export interface Durations {
  readonly name: string;
  readonly kind: "histogram" | "summary";
  /** Of its series, sorted. Empty: they have no such label. */
  readonly pipelines: ReadonlyArray<string>;
  /** Of a histogram: the bound of its last bucket but `+Inf`, in seconds; 0: it has none. */
  readonly longestSeconds: number;
  /** Of a summary: the quantiles that every pipeline has. */
  readonly quantiles: ReadonlyArray<number>;
}

/** Those of calls to gateways by OpenTelemetry's name first. */
export const durationsIn = (samples: ReadonlyArray<Sample>): ReadonlyArray<Durations> => {
  const families = new Map<string, Array<Sample>>();
  for (const sample of samples) {
    const family = familyOf(sample);
    if (family !== undefined) families.set(family, [...(families.get(family) ?? []), sample]);
  }
  return [...families]
    .map(([name, all]) => durationsOf(name, all))
    .toSorted((one, other) => Number(isOfGenAi(other)) - Number(isOfGenAi(one)));
};

const isOfGenAi = ({ name }: Durations): boolean => name.startsWith("gen_ai_");

const familyOf = ({ name, labels }: Sample): string | undefined => {
  if (isOfTheProcess(name) || !/duration|latency|response_time|request_time/.test(name)) return undefined;
  if (labels.has("quantile")) return name;
  return name.endsWith("_bucket") && labels.has("le") ? name.slice(0, -"_bucket".length) : undefined;
};

const durationsOf = (name: string, samples: ReadonlyArray<Sample>): Durations => {
  const pipelines = [...new Set(samples.flatMap(({ labels }) => labels.get("pipeline") ?? []))].filter(
    (pipeline) => pipeline !== "",
  );
  const numbers = (label: string, of: ReadonlyArray<Sample>): ReadonlyArray<number> =>
    of.flatMap(({ labels }) => Number(labels.get(label) ?? NaN)).filter(Number.isFinite);
  const [first, ...others] = (pipelines.length === 0 ? [undefined] : pipelines).map((pipeline) =>
    numbers(
      "quantile",
      samples.filter(({ labels }) => labels.get("pipeline") === pipeline),
    ),
  );
  return {
    name,
    kind: samples.some(({ labels }) => labels.has("quantile")) ? "summary" : "histogram",
    pipelines: pipelines.toSorted(),
    longestSeconds: Math.max(0, ...new Set(numbers("le", samples))) / (isInMilliseconds(name) ? 1_000 : 1),
    quantiles: (first ?? []).filter((quantile) => others.every((other) => other.includes(quantile))),
  };
};

const isInMilliseconds = (name: string): boolean => /_(milliseconds|millis|ms)(_|$)/.test(name);
