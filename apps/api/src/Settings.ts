/** What the environment says of the service, checked as a whole: every mistake is listed, with its variable. */
import { checkSettings, type GatewaySettings } from "@sluice/core/effect";
import * as Redacted from "effect/Redacted";
import * as z from "zod";
import { type OtlpSettings, readOtlp } from "./otlpEnvironment.ts";

export interface Settings {
  readonly host: string;
  readonly port: number;
  /** `emulator`: none was configured. */
  readonly gateway: GatewaySettings | "emulator";
  /** Where metrics and traces are sent to; absent: nowhere. */
  readonly otlp: OtlpSettings | undefined;
}

/** Whether a host name or address is this machine's own. */
export const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|\[?::1\]?|localhost)$/.test(host);

const environment = z.object({
  HOST: z
    .string()
    .default("127.0.0.1")
    .refine(isLoopback, "must be a loopback address: this version has no keys to protect a public one"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
});

export type Reading =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly mistakes: ReadonlyArray<string> };

export const readSettings = (env: NodeJS.ProcessEnv): Reading => {
  // `NAME=` in an `.env` file means that it is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  const gateway = gatewayOf(given);
  const mistakes = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`),
    ...(gateway === "emulator" ? [] : checkSettings(gateway)).map(
      ({ path, message }) => `${inEnvironment(path)} ${message}`,
    ),
  ];
  if (!parsed.success || mistakes.length > 0) return { ok: false, mistakes };
  const { HOST: host, PORT: port } = parsed.data;
  return { ok: true, settings: { host, port, gateway, otlp: readOtlp(env) } };
};

/** The variable behind each setting of the client. */
const variables: Readonly<Record<string, string>> = {
  gateway: "SLUICE_GATEWAY",
  gatewayUrl: "SLUICE_GATEWAY_URL",
  apiKey: "LIVEPEER_API_KEY",
};

/** A mistake in a gateway's file has a path that goes on behind the variable's name. */
const inEnvironment = (path: string): string => {
  const [setting = "", ...rest] = path.split(".");
  return [variables[setting] ?? setting, ...rest].join(".");
};

const gatewayOf = (env: NodeJS.ProcessEnv): Settings["gateway"] => {
  const { SLUICE_GATEWAY: gateway, SLUICE_GATEWAY_URL: gatewayUrl, LIVEPEER_API_KEY: key } = env;
  if (gateway === undefined && gatewayUrl === undefined) return "emulator";
  return { gateway, gatewayUrl, apiKey: key === undefined ? undefined : Redacted.make(key) };
};
