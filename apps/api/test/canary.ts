/**
 * A whole life of the service as a process, with a key of the gateway's, a key of a caller's and a prompt that are known
 * again wherever they are seen, and all that it has let out: answers, logs, metrics, traces, webhooks and files.
 */
import { startEmulator } from "@sluice/emulator";
import { pipelineNames, pipelines } from "@sluice/models";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startReceiver } from "./alerts/receiver.ts";
import { startCollector } from "./collector.ts";
import { ask, formOf, requests } from "./native/requests.ts";
import { aKey } from "./serve.ts";
import { until } from "./turns.ts";
import { type Environment, startApi } from "./startApi.ts";

export const upstreamKey = "cnry7Hq2Vx9L-of/the+gateway==";
export const prompt = "an unmistakable canary, 7f3a, in a coal mine";
export const caller = aKey();
const operator = aKey({ name: "ops", admin: true });
const stranger = aKey();

/** What was let out, and where: a body, a header, a line of the log, a file. */
export interface Artefact {
  readonly where: string;
  readonly text: string;
  /** It answers a request with what was in it, because it is meant to. */
  readonly echoes?: boolean;
}

/** An alert of one failure is enough. */
const objectives = {
  version: 1,
  objectives: [
    {
      ...{ name: "failures", of: "attempts", bad: { class: ["server-error"] } },
      alerts: [{ name: "Fails", severity: "page", summary: "It fails.", above: "1%", within: "5m", minimum: 1 }],
    },
  ],
};

/** Moves the process's clock on by two minutes, at a signal: alerts are looked at once for each whole minute. */
const clock = 'let ahead=0;const now=Date.now;Date.now=()=>now()+ahead;process.on("SIGUSR2",()=>{ahead+=120000})';

/** Each is hit once, then calls succeed. The 401 repeats the key. */
const faults = (["unauthorized", "invalid", "internal", "web-page", "null", "rate-limited"] as const).map((kind) => ({
  ...{ kind, times: 1 },
}));

const json = { "content-type": "application/json" };

/** On a busy machine the service turns callers away for some seconds: they come back, as they are told. */
const fetchInTime = async (address: string, init: RequestInit): Promise<Response> => {
  for (;;) {
    const answer = await fetch(address, init);
    const seconds = answer.status === 503 ? answer.headers.get("retry-after") : null;
    if (seconds === null) return answer;
    await answer.arrayBuffer();
    await delay(Number(seconds) * 1_000);
  }
};

/** All that can be asked for, and some that cannot, by somebody with the caller's key. */
const conversation = async (url: string, admin: string): Promise<ReadonlyArray<Artefact>> => {
  const artefacts: Array<Artefact> = [];
  const keep = async (where: string, answer: Response, echoes = false): Promise<string> => {
    const body = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    artefacts.push({ where: `headers of ${where}`, text: JSON.stringify([...answer.headers]) });
    artefacts.push({ where: `body of ${where}`, text: body, echoes });
    return body;
  };
  const { headers } = caller;
  const post = async (path: string, body: FormData | object | string, more: Environment = headers, echoes = false) => {
    const isForm = body instanceof FormData;
    const text = typeof body === "string" || isForm ? body : JSON.stringify(body);
    const sent = { method: "POST", body: text, headers: { ...(isForm ? {} : json), ...more } };
    return keep(`POST ${path}`, await fetchInTime(url + path, sent), echoes);
  };
  const image = { prompt, width: 64, height: 64 };
  for (const { kind } of faults) await post("/text-to-image", image, { ...headers, "x-request-id": kind });

  for (const name of pipelineNames) {
    const told = { prompt, text: prompt, messages: [{ role: "user", content: prompt }] };
    const fields = Object.entries(requests[name]).map(([field, value]) => [
      field,
      Object.hasOwn(told, field) ? told[field as keyof typeof told] : value,
    ]);
    // A conversation and a caption begin with what was asked.
    const echoes = name === "llm" || name === "image-to-text";
    const answer = await ask(url, name, Object.fromEntries(fields) as object as typeof image, headers);
    const body = await keep(pipelines[name].path, answer, echoes);
    const [file] = /http:[^"]*\/media\/[^"]*/.exec(body) ?? [];
    if (file !== undefined) await keep("a file", await fetch(file));
  }
  const messages = [{ role: "user", content: prompt }];
  await post("/llm", { ...requests.llm, messages, stream: true }, headers, true);
  await post("/v1/chat/completions", { messages, model: requests.llm["model"] }, headers, true);
  await post("/v1/chat/completions", { messages, model: requests.llm["model"], stream: true }, headers, true);
  await post("/v1/images/generations", { prompt, size: "512x512" });
  await post("/v1/images/edits", formOf({ prompt, image: requests["image-to-image"]["image"] }));
  await post("/v1/audio/speech", {
    input: prompt,
    model: requests["text-to-speech"]["model_id"],
    voice: "alloy",
    response_format: "wav",
  });
  await post("/sluice/v1/estimate", { pipeline: "text-to-image", input: image });
  await post("/sluice/v1/estimate", formOf({ ...requests["image-to-image"], prompt, pipeline: "image-to-image" }));

  // What goes wrong before a call. Of a field that is wrong, its sender is told what was in it.
  await post("/text-to-image", { ...image, width: prompt }, headers, true);
  await post("/text-to-image", { prompt: [prompt] }, headers, true);
  await post("/text-to-image", `{"prompt":"${prompt}",`);
  await post("/text-to-image", image, { ...headers, "x-sluice-max-cost": "0.0000001" });
  await post("/text-to-image", image, { ...headers, "x-sluice-max-cost": upstreamKey });
  await post("/text-to-image", image, { ...headers, "x-request-id": caller.key });
  await post("/text-to-image", image, { ...headers, origin: "https://evil.example" });
  await post("/text-to-image", image, { ...headers, "content-type": "text/plain" });
  await post("/image-to-image", "--x--", { ...headers, "content-type": `multipart/form-data; boundary="${prompt}"` });
  await post("/text-to-image", image, { authorization: caller.headers.authorization.slice(0, -1) });
  await post("/text-to-image", image, { authorization: stranger.headers.authorization });
  await post(`/text-to-image?key=${caller.key}&prompt=${encodeURIComponent(prompt)}`, image);
  await post("/v1/images/generations", { prompt, size: "1x1" });
  await post("/v1/nothing", image);

  const { port } = new URL(url);
  const twice = `${authorizationLine}${authorizationLine}`;
  for (const head of [`POST /text-to-image HTTP/1.1\r\nHost: x\r\n${twice}`, `GET /livez?${caller.key} HTTP/9.9\r\n`]) {
    artefacts.push({ where: "answer to what is no HTTP", text: await raw(Number(port), `${head}\r\n${prompt}`) });
  }

  const seen = ["models", "telemetry", "telemetry/snapshot", "requests", "alerts", "config", "launch"].map(
    (name) => `/sluice/v1/${name}`,
  );
  for (const path of [...seen, "/v1/models", "/openapi.json", "/livez", "/readyz", "/nowhere"]) {
    await keep(path, await fetchInTime(url + path, { headers }));
    await keep(path, await fetchInTime(url + path, { headers: operator.headers }));
  }
  for (const path of [...seen.slice(1), "/metrics"]) await keep(`operator's ${path}`, await fetch(admin + path));
  return artefacts;
};

const authorizationLine = `Authorization: ${caller.headers.authorization}\r\n`;

const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket
      .on("error", () => undefined)
      .on("close", () => {
        resolve(answer);
      });
  });

const filesIn = (folder: string): ReadonlyArray<Artefact> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ where: name, text: readFileSync(join(parentPath, name), "latin1") }));

/** Everything that came out, and the lines of the log by themselves. */
export const canaryLife = async (more: Environment = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  try {
    await using collector = await startCollector();
    await using receiver = await startReceiver(204);
    await using gateway = await startEmulator({ faults });
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    const secret = `whsec_${Buffer.from("the secret of a webhook, long enough").toString("base64")}`;
    const webhooks = [{ url: receiver.url, secret, allowPrivate: true }];
    const keys = [caller.entry, operator.entry];
    const slo = join(folder, "slo.json");
    const config = join(folder, "sluice.json");
    writeFileSync(slo, JSON.stringify(objectives));
    writeFileSync(config, JSON.stringify({ keys, webhooks, slo, maxRetries: 0, media: { store: "disk" } }));
    await using api = await startApi({
      ...{ SLUICE_CONFIG: config, SLUICE_LOG_LEVEL: "debug", TMPDIR: temporary },
      ...{ SLUICE_GATEWAY: gateway.url, LIVEPEER_API_KEY: upstreamKey },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
      NODE_OPTIONS: `--import=${encodeURI(`data:text/javascript,${clock}`)}`,
      ...more,
    });
    const answers = await conversation(api.url, api.admin);
    api.signal("SIGUSR2");
    await until(() => gateway.journal().every(({ end }) => end !== "open"));
    while (receiver.tries.length === 0) await fetch(`${api.admin}/sluice/v1/alerts`);
    const files = filesIn(temporary);
    api.signal("SIGTERM");
    const { code, stdout, stderr } = await api.ended;
    const out: ReadonlyArray<Artefact> = [
      ...answers,
      ...stdout.split("\n").map((text) => ({ where: "stdout", text })),
      { where: "stderr", text: stderr },
      ...collector.deliveries.map(({ path, headers, body }) => ({
        where: path,
        text: JSON.stringify(headers) + body.toString("latin1"),
      })),
      ...receiver.tries.map(({ headers, body }) => ({ where: "webhook", text: JSON.stringify(headers) + body })),
      ...files,
      ...filesIn(temporary),
    ];
    return { code, out, journal: gateway.journal() };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
