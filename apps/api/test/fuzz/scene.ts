/** The service that is asked, with a key whose limits nobody reaches, and what a request needs to be right. */
import { catalog } from "@sluice/models";
import { vi } from "vitest";
import { aKey, serve, small } from "../serve.ts";
import type { Answer } from "./answers.ts";
import type { Description, Operation } from "./Description.ts";
import type { Ask, Scope } from "./requests.ts";

export interface Scene extends Scope {
  /** The key's text. */
  readonly secret: string;
  readonly send: (ask: Ask) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const jsonBytes = 16_384;
const fileBytes = 131_072;
const most = 100_000;

/** Calls of a model that is not there are tried again, for minutes. */
const allWarm = Object.fromEntries(catalog.map(({ model }) => [model, { state: "warm" }] as const));

/** `faults`: the gateway has only its own models, and what fails there is not tried again. */
export const openScene = async (description: Description, { faults = false } = {}): Promise<Scene> => {
  const { key, entry, headers } = aKey({
    admin: true,
    limits: { requestsPerMinute: 10 * most, concurrency: most, megapixelsPerMinute: most },
  });
  const configuration = { keys: [entry], limits: { jsonBytes, fileBytes } };
  // How busy this process is depends on its neighbours: the service must not measure it, and shed load.
  vi.useFakeTimers({ toFake: ["setInterval"] });
  const behind = { liveVideo: true, ...(faults ? { panicOnNoOrchestrator: false } : { models: allWarm }) };
  const gateway = faults ? { maxRetries: 0 } : {};
  const { app, [Symbol.asyncDispose]: close } = await serve(behind, gateway, { configuration });
  vi.useRealTimers();
  const post = async (url: string, payload: object) =>
    (await app.inject({ method: "POST", url, headers, payload })).json<Made>();
  const { images = [] } = await post("/text-to-image", small);
  const { audio } = await post("/text-to-speech", { text: "a red fox sings in the garden" });
  const file = images[0]?.url ?? "";
  const bytesOf = async (url: string) => (await app.inject({ url: new URL(url).pathname, headers })).rawPayload;
  return {
    description,
    samples: {
      picture: await bytesOf(file),
      sound: await bytesOf(audio?.url ?? ""),
      junk: new Uint8Array(fileBytes + 1),
    },
    key: headers,
    secret: key,
    bytes: jsonBytes,
    parameters: { id: [file.split("/").at(-1) ?? ""], model: catalog.map(({ model }) => model) },
    modelsOf: faults ? () => unknownModels : modelsOf,
    send: ({ method, url, headers: own, payload }) =>
      app.inject({ method: method as "GET", url, headers: own, ...(payload === undefined ? {} : { payload }) }),
    close,
  };
};

const unknownModels: ReadonlyArray<string> = [
  "nobody/knows",
  "nobody/__proto__",
  "__proto__/constructor",
  "a/../b",
  "ü/🦊",
];

interface Made {
  readonly images?: ReadonlyArray<{ readonly url: string }>;
  readonly audio?: { readonly url: string };
}

/** OpenAI's operations stand for these. */
const pipelines: Readonly<Record<string, string>> = {
  createImage: "text-to-image",
  createImageEdit: "image-to-image",
  createTranscription: "audio-to-text",
  createSpeech: "text-to-speech",
  createChatCompletion: "llm",
};

const modelsOf = ({ name, path }: Operation): ReadonlyArray<string> => {
  const pipeline = pipelines[name] ?? path.slice(1);
  const models = catalog.filter((entry) => entry.pipeline === pipeline).map(({ model }) => model);
  return models.length === 0 ? [""] : models;
};
