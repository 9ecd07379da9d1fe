/** M1: where somebody waits, the model is loaded. What was seen counts, and a document alone does not. */
import { documentedWarmth, nearestModel, pipelineNames } from "@sluice/models";
import { type CallEnded, Sketch } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type { Probed, Subject } from "../../subject/Subject.ts";
import type { Check, Verdict } from "../Check.ts";
import { ago, seconds } from "./ago.ts";
import { callsOf, listed, type ModelInUse, modelsInUse, noModels } from "./modelsInUse.ts";
import { productionCalls } from "./productionCalls.ts";
import { type Finding, together } from "./together.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const warmModels: Check = {
  id: "M1",
  group: "model selection",
  title: "warm models where somebody waits",
  asks: "Choose warm models for latency-sensitive paths.",
  verified:
    "Each model that somebody waits for was answered without a cold start: by a probe (`--probe --max-cost`), or by calls of the last 24 hours. A cold start in the last hour fails. The catalog alone is a claim.",
  cannot: "Whether it stays warm: orchestrators decide which models they keep loaded, and nobody promises it.",
  attestedDays: 7,
  judge: (subject) => Effect.flatMap(productionCalls(subject), (calls) => judged({ ...subject, calls })),
};

interface Known extends Pick<Subject, "now" | "settings" | "probe" | "service"> {
  readonly calls: ReadonlyArray<CallEnded>;
}

const judged = (known: Known): Effect.Effect<Verdict> => {
  const models = modelsInUse(known.settings, known.calls);
  const waited = models.filter((model) => model.latency_sensitive);
  if (models.length === 0) return Effect.succeed(noModels(known.service !== undefined));
  if (waited.length === 0)
    return Effect.succeed({ status: "skip", evidence: "launch.toml says that nobody waits for any of its models" });
  return Effect.map(
    Effect.forEach(waited, (model) => look(known, model)),
    (findings) => together(findings, "warm"),
  );
};

const look = (known: Known, model: ModelInUse): Effect.Effect<Finding> =>
  known.probe === undefined
    ? Effect.succeed(byCalls(known, model))
    : Effect.map(known.probe({ pipeline: model.pipeline, model: model.model }), (probed) =>
        byProbe(known, model, probed),
      );

const byProbe = (known: Known, model: ModelInUse, { end, ms, said }: Probed): Finding => {
  const { now } = known;
  if (end === "refused") {
    const found = byCalls(known, model);
    return { ...found, said: `${found.said}; not probed: ${said}` };
  }
  if (end === "warm") {
    const expiresAt = now + day;
    return { status: "pass", said: `${model.model}: a probe was answered in ${seconds(ms)}`, seenAt: now, expiresAt };
  }
  return { status: "fail", said: `${model.model}: the probe was ${end}: ${said}`, fix: warmUp(model), seenAt: now };
};

const byCalls = (known: Known, model: ModelInUse): Finding => {
  const { now } = known;
  const calls = callsOf(model, known.calls, { now, lastMs: day });
  const cold = calls.findLast(isCold);
  const warm = calls.filter(isWarm);
  const last = warm.at(-1);
  if (cold !== undefined && (now - cold.at <= hour || cold.at > (last?.at ?? 0))) {
    const said = `${model.model}: found cold ${ago(now - cold.at)}, in a call of ${seconds(cold.ms)}`;
    return { status: "fail", said, fix: warmUp(model), seenAt: cold.at };
  }
  if (last === undefined) return byDocument(known, model);
  const age = now - last.at;
  const fresh = age <= 15 * minute ? "fresh: " : "";
  const took = `p95 ${seconds(p95(warm))} of ${warm.length} ${warm.length === 1 ? "call" : "calls"} in 24 h`;
  const said = `${model.model}: ${fresh}answered warm ${ago(age)}, ${took}`;
  return { status: "pass", said, seenAt: last.at, expiresAt: last.at + day };
};

const isWarm = ({ coldStart, outcome }: CallEnded): boolean => outcome === "ok" && !coldStart;

const isCold = ({ coldStart, outcome }: CallEnded): boolean => coldStart || outcome.startsWith("SLUICE-503-");

const p95 = (calls: ReadonlyArray<CallEnded>): number => {
  const sketch = new Sketch();
  for (const { ms } of calls) sketch.record(ms);
  return sketch.quantile(0.95) ?? 0;
};

const byDocument = ({ now, calls }: Known, model: ModelInUse): Finding => {
  const entry = listed(model);
  const older = callsOf(model, calls, { now, lastMs: Infinity }).findLast(isWarm);
  const seen = older === undefined ? "nobody has seen it" : `last seen so ${ago(now - older.at)}`;
  if (entry === undefined) {
    if (older !== undefined) return { status: "warn", said: `${model.model}: in no list, ${seen}`, fix: probe(model) };
    return { status: "fail", said: `${model.model}: no list knows it, and ${seen}`, fix: meant(model) };
  }
  const document = documentedWarmth(entry);
  if (document === undefined)
    return {
      status: "warn",
      said: `${model.model}: no document says that it is kept warm, ${seen}`,
      fix: probe(model),
    };
  const where = `(${document.asOf}, ${document.source})`;
  if (document.says === "warm")
    return { status: "warn", said: `${model.model}: documented as warm ${where}, ${seen}`, fix: probe(model) };
  return {
    status: "fail",
    said: `${model.model}: documented as loaded on demand ${where}, ${seen}`,
    fix: warmUp(model),
  };
};

const probe = ({ pipeline, model }: ModelInUse): string =>
  `sluice models probe ${model} -p ${pipeline}, or sluice launch check --only M1 --probe --max-cost 0.05`;

const warmUp = ({ pipeline, model }: ModelInUse): string =>
  `sluice models probe ${model} -p ${pipeline} --until warm --max-cost 0.05, or take a warm model: sluice models list -p ${pipeline}`;

const meant = (model: ModelInUse): string => {
  const known = pipelineNames.find((name) => name === model.pipeline);
  if (known === undefined) return `Take one of the pipelines: ${pipelineNames.join(", ")}`;
  const near = nearestModel(known, model.model);
  return near === undefined ? probe(model) : `Did you mean ${near}?`;
};
