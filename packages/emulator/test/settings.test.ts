/** Settings that make no sense keep the emulator from starting: each mistake by its path, with what to give instead. */
import { EmulatorNotStarted, type EmulatorSettings, faultKinds, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";

/** As a program without types may give them. */
const refusalOf = async (settings: unknown): Promise<ReadonlyArray<string>> => {
  const started = await startEmulator(settings as EmulatorSettings).catch((reason: unknown) => reason);
  if (started instanceof EmulatorNotStarted) return started.message.split("\n");
  await (started as AsyncDisposable)[Symbol.asyncDispose]();
  return [];
};

const names =
  "port, host, operatorPort, dialect, seed, models, cold, latencyMs, firstTokenMs, tokenMs, capacity, byoc, byocDuplicateSse, faults, panicOnNoOrchestrator, absoluteUrls, openai, liveVideo";
const cold = { state: "cold", loadMs: 1_000, meanwhile: "hold" };
const quotedKinds = faultKinds.map((kind) => `"${kind}"`).join(", ");
const milliseconds = "milliseconds from 0 up";
const percentiles = `give ${milliseconds}, or { p50, p95, p99 } where none is less than the one before it.`;
const model = (behaviour: unknown) => ({ models: { "a/b": behaviour } });
const fault = (one: unknown) => ({ faults: [{ kind: "closed" }, one] });

const table: ReadonlyArray<readonly [name: string, settings: unknown, refusal: string]> = [
  ["a misspelt setting", { modls: {} }, "modls is no setting: did you mean models?"],
  ["a setting that there is not", { colour: 1 }, `colour is no setting: leave it out; there are ${names}.`],
  ["no object", 7, `settings is 7: give an object with ${names}.`],

  [
    "a misspelt state",
    model({ state: "colt" }),
    'models["a/b"].state is "colt": give "cold", or else one of "warm", "cold", "absent".',
  ],
  [
    "a state in capitals",
    model({ state: "WARM" }),
    'models["a/b"].state is "WARM": give "warm", or else one of "warm", "cold", "absent".',
  ],
  ["no state", model({}), 'models["a/b"].state is missing: give "warm", "cold" or "absent".'],
  [
    "a state that is the whole",
    model("cold"),
    'models["a/b"] is "cold": give an object with state, loadMs, meanwhile, failedLoads.',
  ],
  [
    "a cold model without its time",
    model({ state: "cold", meanwhile: "503" }),
    `models["a/b"].loadMs is missing: give ${milliseconds}.`,
  ],
  [
    "a cold model that does not tell",
    model({ state: "cold", loadMs: 1 }),
    'models["a/b"].meanwhile is missing: give "503" or "hold".',
  ],
  [
    "a cold model that does what none can",
    model({ ...cold, meanwhile: "wait" }),
    'models["a/b"].meanwhile is "wait": give "503" or "hold".',
  ],
  ["cold models without their time", { cold: { meanwhile: "hold" } }, `cold.loadMs is missing: give ${milliseconds}.`],
  [
    "cold models with a state",
    { cold },
    "cold.state is no setting: leave it out; there are loadMs, meanwhile, failedLoads.",
  ],
  ["OpenAI by its name", { openai: "yes" }, 'openai is "yes": give true or false.'],
  ["a status as a number", model({ ...cold, meanwhile: 503 }), 'models["a/b"].meanwhile is 503: give "503" or "hold".'],
  [
    "a load that takes less than nothing",
    model({ ...cold, loadMs: -1 }),
    `models["a/b"].loadMs is -1: give ${milliseconds}.`,
  ],
  [
    "a load without an end",
    model({ ...cold, loadMs: Infinity }),
    `models["a/b"].loadMs is Infinity: give ${milliseconds}.`,
  ],
  [
    "half a load that fails",
    model({ ...cold, failedLoads: 0.5 }),
    'models["a/b"].failedLoads is 0.5: give how many loads fail, a whole number from 0 up.',
  ],
  [
    "a warm model that loads",
    model({ state: "warm", loadMs: 5 }),
    'models["a/b"].loadMs is of cold models alone: leave it out, or give state: "cold".',
  ],
  [
    "a misspelt field of a model",
    model({ ...cold, failedLoad: 1 }),
    'models["a/b"].failedLoad is no setting: did you mean failedLoads?',
  ],
  ["models in a list", { models: ["a/b"] }, "models is [ 'a/b' ]: give an object, by name."],

  [
    "a misspelt fault",
    fault({ kind: "unavailble" }),
    `faults[1].kind is "unavailble": give "unavailable", or else one of ${quotedKinds}.`,
  ],
  [
    "a fault without a kind",
    fault({ times: 1 }),
    `faults[1].kind is missing: give ${quotedKinds.replace(/, ("[^"]*")$/, " or $1")}.`,
  ],
  [
    "a fault as a text",
    fault("closed:x2"),
    'faults[1] is "closed:x2": give an object such as { kind: "unavailable", times: 2 }, or parseFault("closed:x2").',
  ],
  [
    "a fault that hits half a request",
    fault({ kind: "closed", times: 0.5 }),
    "faults[1].times is 0.5: give how many requests it hits, a whole number from 0 up.",
  ],
  ["a share in percent", fault({ kind: "closed", rate: 10 }), "faults[1].rate is 10: give a share from 0 to 1."],
  [
    "a Retry-After as a number",
    fault({ kind: "closed", retryAfter: 17 }),
    'faults[1].retryAfter is 17: give a text, such as "17".',
  ],
  ["a fault that takes a text", fault({ kind: "closed", ms: "5" }), `faults[1].ms is "5": give ${milliseconds}.`],
  [
    "tokens below none",
    fault({ kind: "stream-reset", tokens: -1 }),
    "faults[1].tokens is -1: give a whole number of tokens from 0 up.",
  ],
  [
    "bytes that are no number",
    fault({ kind: "oversized", bytes: Number.NaN }),
    "faults[1].bytes is NaN: give a number of bytes from 0 up.",
  ],
  [
    "a misspelt field of a fault",
    fault({ kind: "closed", time: 2 }),
    "faults[1].time is no setting: did you mean times?",
  ],
  ["one fault, not in a list", { faults: { kind: "closed" } }, "faults is { kind: 'closed' }: give a list."],

  ["a latency below nothing", { latencyMs: -1 }, `latencyMs is -1: ${percentiles}`],
  ["a latency that is no number", { tokenMs: Number.NaN }, `tokenMs is NaN: ${percentiles}`],
  [
    "percentiles that fall",
    { firstTokenMs: { p50: 5, p95: 4, p99: 6 } },
    `firstTokenMs is { p50: 5, p95: 4, p99: 6 }: ${percentiles}`,
  ],
  [
    "percentiles without an end",
    { latencyMs: { p50: 5, p95: 6, p99: Infinity } },
    `latencyMs is { p50: 5, p95: 6, p99: Infinity }: ${percentiles}`,
  ],
  ["a percentile too few", { latencyMs: { p50: 5, p95: 6 } }, `latencyMs is { p50: 5, p95: 6 }: ${percentiles}`],
  ["no capacity", { capacity: 0 }, "capacity is 0: give a whole number from 1 up, or leave it out for no limit."],
  [
    "half a capacity",
    { capacity: 1.5 },
    "capacity is 1.5: give a whole number from 1 up, or leave it out for no limit.",
  ],
  ["a port that no machine has", { port: 65_536 }, "port is 65536: give a port from 0 to 65535; 0 takes a free one."],
  [
    "a port as a text",
    { operatorPort: "80" },
    'operatorPort is "80": give a port from 0 to 65535; 0 takes a free one.',
  ],
  ["no host", { host: "" }, 'host is "": give a host, such as "127.0.0.1".'],
  [
    "a misspelt dialect",
    { dialect: "go-livpeer" },
    'dialect is "go-livpeer": give "go-livepeer", or else one of "go-livepeer", "studio".',
  ],
  ["half a seed", { seed: 0.5 }, "seed is 0.5: give a whole number."],
  ["a yes that is a text", { liveVideo: "yes" }, 'liveVideo is "yes": give true or false.'],

  [
    "an answer that is none",
    { byoc: { mine: { answers: "ecko" } } },
    'byoc["mine"].answers is "ecko": give "echo", "stream" or a status from 400 to 599.',
  ],
  [
    "an error that is none",
    { byoc: { mine: { answers: 200 } } },
    'byoc["mine"].answers is 200: give "echo", "stream" or a status from 400 to 599.',
  ],
  [
    "half an error",
    { byoc: { mine: { answers: 400.5 } } },
    'byoc["mine"].answers is 400.5: give "echo", "stream" or a status from 400 to 599.',
  ],
  [
    "fewer jobs than none",
    { byoc: { mine: { capacity: -1 } } },
    'byoc["mine"].capacity is -1: give a number of jobs from 0 up.',
  ],
  [
    "jobs that are no number",
    { byoc: { mine: { capacity: Number.NaN } } },
    'byoc["mine"].capacity is NaN: give a number of jobs from 0 up.',
  ],
  [
    "a job without an end",
    { byoc: { mine: { latencyMs: Infinity } } },
    `byoc["mine"].latencyMs is Infinity: give ${milliseconds}.`,
  ],
];

describe("what makes no sense is refused", () => {
  it.each(table)("%s", async (_, settings, refusal) => {
    assert.deepStrictEqual(await refusalOf(settings), [refusal]);
  });

  it("with every mistake at once, a line each", async () => {
    const refusals = await refusalOf({ modls: {}, seed: "7", models: { a: { state: "colt" } }, faults: [{}] });
    assert.deepStrictEqual(
      refusals.map((line) => line.split(" ")[0]),
      ["modls", "seed", 'models["a"].state', "faults[0].kind"],
    );
  });

  it("in a line, however much was given", async () => {
    const [line = "", ...others] = await refusalOf({ dialect: "x".repeat(1_000) });
    assert.deepStrictEqual(others, []);
    assert.isBelow(line.length, 200);
  });
});

describe("what makes sense is taken", () => {
  it.each([
    ["nothing", {}],
    ["a setting left undefined", { models: undefined, port: undefined }],
    [
      "every kind of model",
      { models: { a: cold, b: { state: "warm" }, c: { state: "absent" }, d: { ...cold, failedLoads: 0 } } },
    ],
    [
      "a fault with all that it may be told",
      { faults: [{ kind: "oversized", times: 0, rate: 1, retryAfter: "soon", ms: 0, tokens: 0, bytes: 1.5 }] },
    ],
    ["a negative seed, and the least of all", { seed: -1, capacity: 1, latencyMs: { p50: 0, p95: 0, p99: 0 } }],
    ["every model cold, for OpenAI's clients", { cold: { loadMs: 0, meanwhile: "503", failedLoads: 1 }, openai: true }],
    ["any number of jobs", { byoc: { mine: { answers: 599, capacity: Infinity, latencyMs: 0 }, yours: {} } }],
  ])("%s", async (_, settings) => {
    assert.deepStrictEqual(await refusalOf(settings), []);
  });
});
