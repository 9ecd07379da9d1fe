/** `launch.toml`: what a team says about its application. Everything is optional. */
import { parseUsd } from "@sluice/pricing";
import * as z from "zod";
import { hasCredentials } from "../subject/hasCredentials.ts";

/** Where nothing is given, the file's reader says that it is required. */
const unlessMissing =
  (rule: string) =>
  ({ input }: { readonly input?: unknown }): string | undefined =>
    input === undefined ? undefined : rule;

const text = z.string({ error: unlessMissing("must be a text, in quotes") }).min(1, "must not be empty");
const secondsRule = unlessMissing("must be a number of seconds, more than 0");
const seconds = z.number({ error: secondsRule }).positive({ error: secondsRule });
const usdRule = 'must be a decimal of USD in quotes, such as "0.05"';
const usd = z.string({ error: unlessMissing(usdRule) }).refine((given) => parseUsd(given) !== undefined, usdRule);
/** TOML has dates, which smol-toml gives as `Date`s; a time of day alone is one of the year 0. */
const dateRule = 'must be a date, such as "2026-11-01"';
const tomlDate = z
  .date()
  .refine((given) => given.getTime() >= 0, dateRule)
  .meta({ type: "string", format: "date" });
const date = z
  .union([tomlDate, z.iso.date(), z.iso.datetime({ offset: true })], {
    error: ({ input }) => (input === undefined ? "is required" : dateRule),
  })
  .transform((given) => new Date(given).getTime());
/** The file is in git. */
const openly = "must hold no user name and no password";
const isOpen = (given: string): boolean => !hasCredentials(given);
const url = z
  .url({ protocol: /^https?$/, error: 'must be a URL, such as "http://127.0.0.1:9090"' })
  .refine(isOpen, openly);

export const LaunchSettings = z.strictObject({
  gateway: text.describe("The gateway of production: a profile's name, or its base URL.").optional(),
  keys: z
    .array(
      z.strictObject({
        name: text.describe("For people; never the key."),
        rotated: date.describe("When it was made."),
        kind: z.enum(["backend", "browser"]).optional().describe("Whom it is for; absent: nobody says."),
      }),
    )
    .default([])
    .describe("Keys whose age no file here knows."),
  scan: z
    .strictObject({
      bundles: z.array(text).optional().describe("Folders of what is built and shipped."),
      exclude: z.array(text).default([]).describe("Globs of files to leave out."),
      allow: z.array(text).default([]).describe("Fingerprints of what is no secret."),
    })
    .prefault({}),
  timeout_seconds: seconds.optional().describe("How long the application lets one call take."),
  proxies: z
    .array(z.strictObject({ name: text, timeout_seconds: seconds }))
    .default([])
    .describe("What stands in front of the application or the gateway, and how long it waits for an answer."),
  models: z
    .array(
      z.strictObject({
        pipeline: text,
        model: text,
        latency_sensitive: z.boolean().default(true).describe("Whether somebody waits for it."),
        calls: z.int().min(1).default(20).describe("A load test has so many results at least,"),
        concurrency: z.int().min(1).default(4).describe("with so many calls at once."),
      }),
    )
    .default([])
    .describe("The models that production uses."),
  cost: z
    .strictObject({
      cap: usd
        .optional()
        .describe("The most that one call may cost, in USD; where it is set, if no file here says so."),
      budget: usd.optional().describe("What may be spent in a month, in USD."),
    })
    .prefault({}),
  monitoring: z
    .strictObject({
      metrics: text.refine(isOpen, openly).optional().describe("Where Prometheus's text is: a URL or a file."),
      prometheus: url.optional().describe("A Prometheus server that has the rules loaded."),
      rules: z.array(text).optional().describe("Files with alerting rules; absent: looked for."),
      log: text.optional().describe("A file with a line of JSON per request."),
    })
    .prefault({}),
  incident: z.strictObject({ contact: text.describe("Who is called, and how.") }).optional(),
});
export type LaunchSettings = z.output<typeof LaunchSettings>;

export const settingsFile = "launch.toml";
