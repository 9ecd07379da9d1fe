/** Everything that can be set of the service, as its configuration file has it; the environment can say most of it too. */
import { pipelineNames } from "@sluice/models";
import { parseUsd } from "@sluice/pricing";
import * as z from "zod";
import { WebhookSettings } from "../alerts/WebhookSettings.ts";
import { KeySettings } from "../keys/KeySettings.ts";
import { MediaSettings } from "../media/MediaSettings.ts";

const text = z.string().min(1, "must not be empty");
const port = z.int().min(0).max(65_535);
const seconds = z.number().min(0).max(86_400);

const models = z.partialRecord(z.enum(pipelineNames), text).describe("By pipeline, the model to ask this gateway for.");

const choice = {
  gateway: text.describe("A profile's name, a base URL, or a gateway's `.json` file.").optional(),
  gatewayUrl: text.describe("Another base URL for that profile.").optional(),
  apiKeyFile: text.describe("A file that holds the gateway's key, and nothing else.").optional(),
  models: models.optional(),
};

const isBase = (given: string): boolean => {
  if (!URL.canParse(given)) return false;
  const { protocol, search, hash, username, password } = new URL(given);
  return ["https:", "http:"].includes(protocol) && search + hash + username + password === "";
};

/** A base URL that other paths are put behind. */
const publicUrl = z
  .string()
  .refine(isBase, 'must be an http(s) URL without a query, such as "https://ai.example"')
  .transform((url) => url.replace(/\/+$/, ""));

export const Configuration = z.strictObject({
  host: text.default("127.0.0.1").describe("Where it listens. Other than this machine: only with keys."),
  port: port.default(8080),
  publicUrl: publicUrl
    .describe(
      "Where callers reach it; default: the host that a request names, or else the address at which it arrives.",
    )
    .optional(),
  trustProxy: z
    .array(
      z.union(
        [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
        "must be an address such as 10.0.0.7, or a network such as 10.0.0.0/8",
      ),
    )
    .describe("Addresses, such as 10.0.0.0/8, of proxies whose X-Forwarded-* headers are believed.")
    .default([]),
  admin: z
    .strictObject({ host: text.default("127.0.0.1"), port: port.default(8081) })
    .describe("Where metrics are, and what only an operator may see.")
    .prefault({}),

  ...choice,
  routes: z
    .array(z.strictObject(choice))
    .min(1)
    .describe("Several gateways or models, in order of preference, instead of one `gateway`.")
    .optional(),
  timeoutMs: z.int().min(1).default(300_000).describe("Of a call, over all attempts, in milliseconds."),
  maxCostUsd: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((usd) => parseUsd(usd) !== undefined, "must be a decimal of USD such as 0.05")
    .describe("The most that any call may cost, in USD.")
    .optional(),
  maxRetries: z.int().min(0).optional(),
  environment: text.describe("In `production`, no call goes to a gateway for development.").optional(),
  concurrency: z.int().min(1).describe("Requests at once with one gateway.").optional(),
  pace: z.boolean().default(false).describe("Keep to the gateway's rate limit."),
  traceHosts: z.array(text).default([]).describe("Hosts that are sent a `traceparent`."),

  keys: z.array(KeySettings).default([]).describe("Of callers; none: it serves this machine alone."),
  openaiModels: z
    .record(text, text)
    .default({})
    .describe("What OpenAI's model names mean here, such as `gpt-image-1`."),
  media: MediaSettings.prefault({}),
  webhooks: z.array(WebhookSettings).default([]).describe("Told of alerts that fire and that are over."),
  slo: text.describe("A file of your own objectives, for the alerts.").optional(),
  launch: z
    .strictObject({
      attestations: text
        .describe("A file of what people say for the launch report, as `sluice launch attest` writes it.")
        .optional(),
    })
    .prefault({}),
  limits: z
    .strictObject({
      jsonBytes: z.int().min(1_024).default(1_048_576),
      fileBytes: z.int().min(1_024).default(26_214_400),
      connections: z.int().min(1).default(10_000),
      connectionsPerAddress: z.int().min(1).describe("Not of this machine, where a proxy may be.").default(256),
    })
    .prefault({}),
  drain: z
    .strictObject({
      delaySeconds: seconds
        .describe("How long it still takes requests, when told to end. Default: 5; 0 on this machine.")
        .optional(),
      finishSeconds: seconds.default(330).describe("How long it then waits for calls under way."),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
      prompts: z.boolean().default(false).describe("Whether requests are logged with their prompts."),
    })
    .prefault({}),
});

export type ConfigurationInput = z.input<typeof Configuration>;
export type Configuration = z.output<typeof Configuration>;
