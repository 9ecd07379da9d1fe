/**
 * What is wrong with an emulator's settings, a sentence for each mistake: its path, what is there, and what to give. A
 * setting that is misspelt must not be a test that passes for the wrong reason.
 */
import { faultKinds, type Fault } from "./Fault.ts";
import type { ByocCapability } from "./byoc/ByocCapability.ts";
import type { ColdStart, EmulatorSettings, ModelBehaviour } from "./Settings.ts";
import {
  choice,
  each,
  type Fields,
  fields,
  flag,
  isRecord,
  many,
  mistake,
  number,
  type Rule,
  text,
} from "./settingsRules.ts";

const isFrom =
  (least: number, most = Number.MAX_VALUE) =>
  (value: number) =>
    value >= least && value <= most;
const isWhole = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const inRange = isFrom(least, most);
  return (value: number) => Number.isInteger(value) && inRange(value);
};

const milliseconds = number(isFrom(0), "milliseconds from 0 up");
const port = number(isWhole(0, 65_535), "a port from 0 to 65535; 0 takes a free one");

const latency: Rule = (value, path) => {
  const { p50, p95, p99 } = isRecord(value) ? value : {};
  const times = typeof value === "number" ? [value] : [p50, p95, p99];
  const sound = times.every(
    (ms, at) => typeof ms === "number" && Number.isFinite(ms) && ms >= Number(times[at - 1] ?? 0),
  );
  return sound
    ? []
    : [mistake(path, value, "milliseconds from 0 up, or { p50, p95, p99 } where none is less than the one before it")];
};

type Cold = Extract<ModelBehaviour, { readonly state: "cold" }>;
const state: Rule = choice("warm", "cold", "absent");
const coldStart = {
  loadMs: milliseconds,
  meanwhile: choice("503", "hold"),
  failedLoads: number(isWhole(0), "how many loads fail, a whole number from 0 up"),
} satisfies Fields<ColdStart>;
const coldModel = fields({ state, ...coldStart } satisfies Fields<Cold>, ["state", "loadMs", "meanwhile"]);
const otherModel = fields({ state }, ["state"]);

const model: Rule = (value, path) => {
  if (!isRecord(value) || value["state"] === "cold") return coldModel(value, path);
  const ofCold = ["loadMs", "meanwhile", "failedLoads"].filter((name) => value[name] !== undefined);
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !ofCold.includes(name)));
  return [
    ...otherModel(rest, path),
    ...ofCold.map((name) => `${path}.${name} is of cold models alone: leave it out, or give state: "cold".`),
  ];
};

const fault: Rule = (value, path) =>
  typeof value === "string"
    ? [
        mistake(
          path,
          value,
          `an object such as { kind: "unavailable", times: 2 }, or parseFault(${JSON.stringify(value)})`,
        ),
      ]
    : faultFields(value, path);

const faultFields = fields(
  {
    kind: choice(...faultKinds),
    times: number(isWhole(0), "how many requests it hits, a whole number from 0 up"),
    rate: number(isFrom(0, 1), "a share from 0 to 1"),
    fromMs: milliseconds,
    untilMs: milliseconds,
    inFront: flag,
    retryAfter: text('a text, such as "17"'),
    ms: milliseconds,
    tokens: number(isWhole(0), "a whole number of tokens from 0 up"),
    bytes: number(isFrom(0), "a number of bytes from 0 up"),
  } satisfies Fields<Fault>,
  ["kind"],
);

const answers: Rule = (value, path) =>
  value === "echo" || value === "stream" || (typeof value === "number" && isWhole(400, 599)(value))
    ? []
    : [mistake(path, value, '"echo", "stream" or a status from 400 to 599')];

const capability = fields({
  answers,
  capacity: number(isFrom(0, Infinity), "a number of jobs from 0 up"),
  latencyMs: milliseconds,
} satisfies Fields<ByocCapability>);

const settingsRule = fields({
  port,
  host: text('a host, such as "127.0.0.1"'),
  operatorPort: port,
  dialect: choice("go-livepeer", "studio"),
  seed: number(Number.isSafeInteger, "a whole number"),
  models: each(model),
  cold: fields(coldStart, ["loadMs", "meanwhile"]),
  latencyMs: latency,
  firstTokenMs: latency,
  tokenMs: latency,
  capacity: number(isWhole(1), "a whole number from 1 up, or leave it out for no limit"),
  byoc: each(capability),
  byocDuplicateSse: flag,
  faults: many(fault),
  panicOnNoOrchestrator: flag,
  absoluteUrls: flag,
  openai: flag,
  liveVideo: flag,
} satisfies Fields<EmulatorSettings>);

/** None when they make sense. */
export const settingsFlaws = (settings: unknown): ReadonlyArray<string> => settingsRule(settings, "");
