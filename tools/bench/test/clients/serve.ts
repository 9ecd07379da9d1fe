/**
 * The service as a user starts it: a process of its own with one key, in front of an emulator that the test can look into.
 * What clients do to it is told by its operator's list of requests, and what came of that by the emulator's journal.
 */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const command = ["--conditions=@sluice/source", join(import.meta.dirname, "../../../../apps/api/src/main.ts")];

/** A key as the command line makes it, and what it wants in the configuration. */
const makeKey = async (): Promise<readonly [key: string, toml: string]> => {
  const { stdout } = await promisify(execFile)(process.execPath, [...command, "key", "new", "--name", "clients"]);
  const [key = "", ...toml] = stdout.split("\n");
  return [key, toml.join("\n")];
};

/** Its two addresses, callers' and operators'. Rejects with what it wrote when it ends before it listens. */
const start = async (cwd: string, gateway: string) => {
  const child = spawn(process.execPath, command, {
    cwd,
    env: { PORT: "0", SLUICE_ADMIN_PORT: "0", SLUICE_GATEWAY: gateway, SLUICE_CONFIG: "sluice.toml" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "close");
  const [url, adminUrl] = await new Promise<ReadonlyArray<string>>((resolve, reject) => {
    let written = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      written += text;
      const found = /sluice-api (http:\S+)[^]*metrics +(http:\S+)\/metrics/.exec(written);
      if (found !== null) resolve(found.slice(1));
    });
    void ended.then(() => {
      reject(new Error(`the service ended before it listened: ${written}`));
    });
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const end = async () => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  return { url: url ?? "", adminUrl: adminUrl ?? "", end };
};

/** Warm ones of the emulator; OpenAI's clients know the first by an alias too. */
export const models = {
  image: "SG161222/RealVisXL_V4.0_Lightning",
  edit: "timbrooks/instruct-pix2pix",
  chat: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  speech: "parler-tts/parler-tts-large-v1",
  transcript: "openai/whisper-large-v3",
};

/** The origin of a page that may use the key. */
export const page = "https://app.example";

export interface Scene {
  readonly emulator?: EmulatorSettings;
  /** What the gateway's file says beside its name and address; without it, the service is given the address alone. */
  readonly profile?: object;
}

/** A request that the service has answered. */
export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export const serve = async ({ emulator: settings, profile }: Scene = {}) => {
  const [emulator, [key, toml]] = await Promise.all([startEmulator(settings), makeKey()]);
  const folder = mkdtempSync(join(tmpdir(), "sluice-clients-"));
  writeFileSync(
    join(folder, "sluice.toml"),
    `openaiModels = { "gpt-image-1" = "${models.image}" }\n${toml}origins = ["${page}"]\n`,
  );
  const file = join(folder, "gateway.json");
  writeFileSync(file, JSON.stringify({ name: "own", baseUrl: emulator.url, ...profile }));
  const service = await start(folder, profile === undefined ? emulator.url : file);
  return {
    /** Of the native routes; OpenAI's are below `/v1`. */
    url: service.url,
    key,
    emulator,
    /** What clients have asked so far, the oldest first. */
    asked: async (): Promise<ReadonlyArray<Answered>> => {
      const answer = await fetch(`${service.adminUrl}/sluice/v1/requests?limit=500`);
      const { requests } = (await answer.json()) as { readonly requests: ReadonlyArray<Answered> };
      return requests.toReversed().map(({ method, path, status }) => ({ method, path, status }));
    },
    close: async () => {
      await service.end();
      await emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export type Served = Awaited<ReturnType<typeof serve>>;

/** Turns of the event loop until something is so; a test's own limit ends it. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
};
