/**
 * What the environment and the configuration file say of the service, checked as a whole: every mistake is listed, with the
 * variable or the path in the file that makes it. No mistake repeats a key.
 */
import { checkSettings } from "@sluice/core/effect";
import { isGatewayError } from "@sluice/errors";
import { type Attestation, readAttestations } from "@sluice/readiness/report";
import { readSlo, type SloFile } from "@sluice/telemetry";
import { tmpdir } from "node:os";
import type * as z from "zod";
import { checkKeys } from "../keys/checkKeys.ts";
import type { MediaSettings } from "../media/MediaSettings.ts";
import { unwritable } from "../media/ownFolder.ts";
import { type OtlpSettings, readOtlp } from "../otlpEnvironment.ts";
import { Configuration } from "./Configuration.ts";
import { contentOf, readSettingsFile } from "./configurationFile.ts";
import { type Environment, given, misspelt, settingsIn, variableOf } from "./environment.ts";
import { fieldMistakes, withFix } from "./fieldMistakes.ts";
import type { UpstreamSettings } from "../Upstream.ts";
import { trafficOf, upstreamOf } from "./upstreamOf.ts";
import { isLoopback } from "./isLoopback.ts";

export interface Settings extends Configuration {
  /** `emulator`: none was configured. */
  readonly upstream: UpstreamSettings | "emulator";
  /** How calls are made, whichever gateway they go to. */
  readonly traffic: UpstreamSettings;
  /** Where metrics and traces are sent to; absent: nowhere. */
  readonly otlp: OtlpSettings | undefined;
  readonly objectives: SloFile | undefined;
  /** What people say for the launch report. */
  readonly attestations: ReadonlyArray<Attestation>;
  /** The files that were read; when one changes, so may the keys and the attestations. */
  readonly files: ReadonlyArray<string>;
}

export type Reading =
  | {
      readonly ok: true;
      readonly settings: Settings;
      /** What may not be meant. */
      readonly warnings: ReadonlyArray<string>;
    }
  | { readonly ok: false; readonly mistakes: ReadonlyArray<string> };

type Tree = Record<string, unknown>;

/**
 * Never throws. `isRunning`: for a service that has its folder for files already. A full disk must not keep it from taking
 * other keys.
 */
export const readSettings = (env: Environment, isRunning = false): Reading => {
  const mistakes: Array<string> = [...misspelt(env)];
  const warnings: Array<string> = [];
  const files: Array<string> = [];
  const tree = treeOf(env, files, mistakes);
  const parsed = Configuration.safeParse(tree);
  const where = (path: string): string => variableOf(path, env) ?? path;
  for (const { path, message } of parsed.success ? [] : fieldMistakes(parsed.error)) {
    mistakes.push(`${where(path)}: ${message}`);
  }
  // What is wrong is left out, so that the rest is checked in the same run.
  const wrong = parsed.success ? new Set<string>() : settingsWith(parsed.error);
  const others = Object.entries(tree).filter(([name]) => !wrong.has(name));
  const configuration = parsed.success ? parsed.data : Configuration.parse(Object.fromEntries(others));
  mistakes.push(...checkKeys(configuration.keys).map(({ path, message }) => `${path}: ${message}`));
  if (!wrong.has("keys")) mistakes.push(...exposureOf(configuration, where));
  if (!isRunning) mistakes.push(...unkeptBy(configuration.media, where));
  const upstream = upstreamOf(configuration, env, { files, mistakes, warnings });
  const traffic = trafficOf(configuration);
  if (upstream !== "emulator") {
    const variables: Readonly<Record<string, string>> = { apiKey: "LIVEPEER_API_KEY" };
    for (const { path, message } of checkSettings(upstream)) {
      const [setting = "", ...rest] = path.split(".");
      mistakes.push(`${[variables[setting] ?? where(setting), ...rest].join(".")}: ${message}`);
    }
  }
  const objectives = configuration.slo === undefined ? undefined : objectivesIn(configuration.slo, where, mistakes);
  const attestations = attestationsIn(configuration.launch.attestations, files, mistakes);
  const otlp = readOtlp(env);
  mistakes.push(...(otlp?.mistakes ?? []));
  warnings.push(...(otlp?.warnings ?? []));
  if (mistakes.length > 0) return { ok: false, mistakes };
  const read = { upstream, traffic, otlp, objectives, attestations, files };
  return { ok: true, settings: { ...configuration, ...read }, warnings };
};

/** The outermost names of what is wrong. */
const settingsWith = ({ issues }: z.ZodError): ReadonlySet<string> =>
  new Set(
    issues.flatMap((issue) =>
      issue.path.length === 0 && issue.code === "unrecognized_keys" ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  );

/** The file's settings, with what the environment says over them. */
const treeOf = (env: Environment, files: Array<string>, mistakes: Array<string>): Tree => {
  const tree: Tree = { ...fileIn(given(env, "SLUICE_CONFIG"), files, mistakes) };
  for (const [path, value] of settingsIn(env)) put(tree, path.split("."), value);
  const keys = keysIn(env, files, mistakes);
  if (keys.length > 0)
    tree["keys"] = [...(Array.isArray(tree["keys"]) ? (tree["keys"] as ReadonlyArray<unknown>) : []), ...keys];
  return tree;
};

const fileIn = (path: string | undefined, files: Array<string>, mistakes: Array<string>): Tree => {
  if (path === undefined) return {};
  files.push(path);
  const reading = readSettingsFile(path);
  if (!reading.ok) mistakes.push(reading.mistake);
  return reading.ok ? { ...reading.value } : {};
};

const put = (tree: Tree, [name = "", ...rest]: ReadonlyArray<string>, value: unknown): void => {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const branch = tree[name];
  const copy: Tree = typeof branch === "object" && branch !== null ? { ...branch } : {};
  tree[name] = copy;
  put(copy, rest, value);
};

/** Keys that are not in the configuration file: as JSON in a variable, or in a file of their own, such as a mounted secret. */
const keysIn = (env: Environment, files: Array<string>, mistakes: Array<string>): ReadonlyArray<unknown> => {
  const inFile = fileIn(given(env, "SLUICE_KEYS_FILE"), files, mistakes)["keys"] ?? [];
  const written = given(env, "SLUICE_KEYS");
  return [...listIn(inFile, "SLUICE_KEYS_FILE", mistakes), ...listIn(jsonIn(written), "SLUICE_KEYS", mistakes)];
};

const jsonIn = (written: string | undefined): unknown => {
  try {
    return written === undefined ? [] : JSON.parse(written);
  } catch {
    return undefined;
  }
};

const listIn = (value: unknown, variable: string, mistakes: Array<string>): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value;
  mistakes.push(`${variable}: must hold a list of keys, as \`sluice-api key new\` prints them`);
  return [];
};

/**
 * Why these settings may not be taken by a service that listens already: from keys to none, and from an operator's key to none
 * where others reach it, would open what was closed. A file that is being written looks like that for a moment.
 */
export const openedBy = (now: Settings, next: Settings): string | undefined => {
  if (now.keys.length > 0 && next.keys.length === 0)
    return "it has no keys any more: to serve without keys, start it anew";
  if (!isLoopback(now.admin.host) && !next.keys.some(({ admin }) => admin)) {
    return "it has no operator's key any more: to serve without one, start it anew";
  }
  return undefined;
};

/** Who can reach a service without keys can spend its gateway's. */
const exposureOf = ({ host, keys, admin }: Configuration, where: (path: string) => string): ReadonlyArray<string> => [
  ...(isLoopback(host) || keys.length > 0
    ? []
    : [`${where("host")}: is not this machine alone; set keys first (\`sluice-api key new\`), or listen on 127.0.0.1`]),
  ...(isLoopback(admin.host) || keys.some((key) => key.admin)
    ? []
    : [
        `${where("admin.host")}: is not this machine alone; set a key with \`admin = true\` first, or leave it at 127.0.0.1`,
      ]),
];

/** Why files cannot be kept on disk. */
const unkeptBy = (
  { store, folder = tmpdir() }: MediaSettings,
  where: (path: string) => string,
): ReadonlyArray<string> => {
  const reason = store === "disk" ? unwritable(folder) : undefined;
  if (reason === undefined) return [];
  const fix = "give a folder that exists, and that this service may write to";
  return [`${where("media.folder")}: nothing can be written to ${folder} (${reason}); ${fix}`];
};

const objectivesIn = (path: string, where: (path: string) => string, mistakes: Array<string>): SloFile | undefined => {
  const file = readSettingsFile(path);
  if (!file.ok) {
    mistakes.push(`${where("slo")}: ${file.mistake}`);
    return undefined;
  }
  try {
    return readSlo(file.value);
  } catch (error) {
    if (!isGatewayError(error, "InvalidConfiguration")) throw error;
    mistakes.push(...error.fields.map((field) => `${path}: ${field.path}: ${withFix(field)}`));
    return undefined;
  }
};

const attestationsIn = (
  path: string | undefined,
  files: Array<string>,
  mistakes: Array<string>,
): ReadonlyArray<Attestation> => {
  if (path === undefined) return [];
  files.push(path);
  const content = contentOf(path);
  const read = content === undefined ? undefined : readAttestations(content);
  if (read?.ok === true) return read.attestations;
  const mistake = read?.mistake ?? `${path} cannot be read: is it there, and may this service read it?`;
  mistakes.push(`launch.attestations: ${mistake}`);
  return [];
};
