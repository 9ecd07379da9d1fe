/** M2: a model that nobody keeps warm for others was tried under the load that is expected. */
import { documentedWarmth } from "@sluice/models";
import { type CallEnded, classOf, Sketch } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { dayMs } from "../../evidence/days.ts";
import type { Subject } from "../../subject/Subject.ts";
import type { Check, Verdict } from "../Check.ts";
import { ago, seconds } from "./ago.ts";
import { callsOf, listed, type ModelInUse, modelsInUse, noModels } from "./modelsInUse.ts";
import { mostAtOnce } from "./mostAtOnce.ts";
import { productionCalls } from "./productionCalls.ts";
import { type Finding, together } from "./together.ts";

const days = 7;
const span = days * dayMs;
const leastShare = 0.95;

export const loadTested: Check = {
  id: "M2",
  group: "model selection",
  title: "custom models are load-tested",
  asks: "Test custom models under expected load before launch: they cold-start until an orchestrator warms them.",
  verified: `Of each model that no document calls warm, calls of the last ${days} days have enough results (${leastShare * 100} % of them, and \`calls\` at least) with enough at once (\`concurrency\`), as launch.toml asks of it.`,
  cannot: "Whether that is the load of the launch: launch.toml says what is expected.",
  attestedDays: 30,
  judge: (subject) => Effect.map(productionCalls(subject), (calls) => judged({ ...subject, calls })),
};

interface Known extends Pick<Subject, "now" | "settings" | "service"> {
  readonly calls: ReadonlyArray<CallEnded>;
}

const judged = (known: Known): Verdict => {
  const models = modelsInUse(known.settings, known.calls);
  if (models.length === 0) return noModels(known.service !== undefined);
  const custom = models.filter((model) => !isKeptWarm(model));
  if (custom.length === 0) return { status: "skip", evidence: "every model that is used is documented as kept warm" };
  const unseen = custom.filter((model) => callsOf(model, known.calls, { now: known.now, lastMs: span }).length === 0);
  const seen = custom.filter((model) => !unseen.includes(model)).map((model) => look(known, model));
  const [first] = unseen;
  if (first === undefined || seen.some(({ status }) => status === "fail")) return together(seen, "load-tested");
  return {
    status: "manual",
    evidence: `${unseen.map(({ model }) => model).join(", ")}: no calls of the last ${days} days are known here`,
    ...(seen.length === 0 ? {} : { details: seen.map(({ said }) => said) }),
    why: "a load test is seen in the calls that it made, and their record is not on this machine",
    fix: howTo(first),
  };
};

const isKeptWarm = (model: ModelInUse): boolean => {
  const entry = listed(model);
  return entry !== undefined && documentedWarmth(entry)?.says === "warm";
};

const look = ({ now, calls: all }: Known, model: ModelInUse): Finding => {
  // What the caller did wrong says nothing of the model.
  const calls = callsOf(model, all, { now, lastMs: span }).filter(
    ({ outcome }) => !["refused", "caller"].includes(classOf(outcome)),
  );
  const results = calls.filter(({ outcome }) => outcome === "ok");
  const last = results.at(-1);
  if (last === undefined) {
    const said = `${model.model}: ${calls.length} calls, none with a result, in ${days} days`;
    return { status: "fail", said, fix: howTo(model) };
  }
  const atOnce = mostAtOnce(results.map(({ at, ms }) => ({ from: at - ms, to: at })));
  const said = `${model.model}: ${results.length} of ${calls.length} calls gave a result, ${atOnce} at once, ${percentiles(results)}, the last ${ago(now - last.at)}`;
  const isEnough = results.length >= model.calls && atOnce >= model.concurrency;
  if (isEnough && results.length >= leastShare * calls.length)
    return { status: "pass", said, seenAt: last.at, expiresAt: last.at + span };
  const asked = isEnough
    ? `asked are ${leastShare * 100} % with a result`
    : `asked are ${model.calls} results, ${model.concurrency} at once`;
  return { status: "fail", said: `${said}; ${asked}`, fix: howTo(model), seenAt: last.at };
};

const percentiles = (calls: ReadonlyArray<{ readonly ms: number }>): string => {
  const sketch = new Sketch();
  for (const { ms } of calls) sketch.record(ms);
  return [0.5, 0.95].map((q) => `p${q * 100} ${seconds(sketch.quantile(q) ?? 0)}`).join(", ");
};

const howTo = ({ pipeline, model, calls, concurrency }: ModelInUse): string => {
  const command = pipeline === "llm" ? "sluice chat" : `sluice generate ${pipeline}`;
  return `seq ${calls} | xargs -P ${concurrency} -I{} ${command} "load test {}" --model ${model} (with what the pipeline takes), or test the application itself under load and say so: sluice launch attest M2`;
};
