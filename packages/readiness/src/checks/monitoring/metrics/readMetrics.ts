/** Where production's metrics are, and what they say. */
import * as Effect from "effect/Effect";
import type { Subject } from "../../../subject/Subject.ts";
import type { Verdict } from "../../Check.ts";
import { endOfFile } from "../endOfFile.ts";
import { type Metrics, parseMetrics } from "./parseMetrics.ts";

export type MetricsRead =
  | { readonly metrics: Extract<Metrics, { ok: true }>; readonly from: string }
  /** They could not be read, and what that means for a check. */
  | { readonly verdict: Verdict };

/** `undefined`: nobody says where they are. */
export const readMetrics = ({
  settings: { monitoring },
  service,
  folder,
  network,
}: Subject): Effect.Effect<MetricsRead | undefined> => {
  const { metrics: where } = monitoring;
  if (service !== undefined) return Effect.succeed(metricsIn(service.metrics, "the service's /metrics"));
  if (where === undefined) return Effect.succeed(undefined);
  if (!/^https?:\/\//.test(where))
    return Effect.map(endOfFile(folder, where, Infinity), (file) =>
      file === undefined
        ? failed(`${where} is not there`, "Set [monitoring] metrics in launch.toml to a URL or a file that is there")
        : metricsIn(file.text, where),
    );
  if (network === undefined)
    return Effect.succeed({
      verdict: {
        status: "manual",
        evidence: `${shown(where)} was not asked`,
        why: "nothing may be asked of the network in this run",
        fix: "Run sluice launch check where the metrics can be reached",
      },
    });
  return network.ask({ url: where }).pipe(
    Effect.map(({ status, text }): MetricsRead => {
      if (status === 200) return metricsIn(text, shown(where));
      if (status !== 401 && status !== 403)
        return failed(`${shown(where)} answers ${status}`, `curl -i ${shown(where)}`);
      const why = "the metrics are there and ask for credentials, which a check has not";
      const fix = "Run sluice launch check where they can be read, or save them to a file for [monitoring] metrics";
      return { verdict: { status: "manual", evidence: `${shown(where)} answers ${status}`, why, fix } };
    }),
    Effect.catch(({ message }) =>
      Effect.succeed(failed(`${shown(where)} cannot be reached (${message})`, `curl -i ${shown(where)}`)),
    ),
  );
};

/** Without what may be a secret. */
export const shown = (url: string): string => {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

const failed = (evidence: string, fix: string): MetricsRead => ({ verdict: { status: "fail", evidence, fix } });

const metricsIn = (text: string, from: string): MetricsRead => {
  const metrics = parseMetrics(text);
  if (!metrics.ok)
    return failed(
      `${from} is not Prometheus's text: line ${metrics.line} ${metrics.problem}`,
      "Set [monitoring] metrics in launch.toml to an address that answers in Prometheus's text format",
    );
  if (metrics.samples.length > 0) return { metrics, from };
  return {
    verdict: {
      status: "manual",
      evidence: `${from} shows nothing yet`,
      why: "figures appear with the first call",
      fix: "Make a call, and run sluice launch check again",
    },
  };
};
