/** `sluice stats`: how calls went, from this machine's record or from a service. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { parseSpan } from "../stats/since.ts";
import { reasonOf } from "./flags.ts";
import { lazily } from "./lazily.ts";

const source = {
  sinceMs: Flag.String("since").pipe(
    Flag.mapTryCatch(parseSpan, reasonOf),
    Flag.withMetavar("span"),
    Flag.withDescription("How far back, such as 30m, 24h or 7d (default 24h); not with --service"),
    Flag.optional,
  ),
  service: Flag.String("service").pipe(
    Flag.withMetavar("url"),
    Flag.withDescription("Ask a service at its admin address, such as http://127.0.0.1:8081"),
    Flag.optional,
  ),
};
export type SourceInput = Command.Command.Config.Infer<typeof source>;

const count = (usual: number, description: string) =>
  Flag.Int("count").pipe(
    Flag.withAlias("c"),
    Flag.filter(
      (given) => given >= 1 && given <= 500,
      () => "must be from 1 to 500",
    ),
    Flag.withDescription(`${description} (default ${usual})`),
    Flag.withDefault(usual),
  );

const summaryInput = {
  ...source,
  models: Flag.Boolean("models").pipe(Flag.withDescription("A row for each model"), Flag.withDefault(false)),
};
export type SummaryInput = Command.Command.Config.Infer<typeof summaryInput>;

const summary = Command.make(
  "summary",
  summaryInput,
  lazily(() => import("../stats/summary.ts")),
).pipe(
  Command.withDescription("Each pipeline at each gateway: calls, latency, answers, cost, alerts"),
  Command.withExamples([{ command: "sluice stats summary --since 1h --models" }]),
);

const errors = Command.make(
  "errors",
  source,
  lazily(() => import("../stats/errors.ts")),
).pipe(
  Command.withDescription("What failed, by its code"),
  Command.withExamples([{ command: "sluice stats errors --since 7d" }]),
);

const slowestInput = { ...source, count: count(5, "How many") };
export type SlowestInput = Command.Command.Config.Infer<typeof slowestInput>;

const slowest = Command.make(
  "slowest",
  slowestInput,
  lazily(() => import("../stats/slowest.ts")),
).pipe(
  Command.withDescription("The calls that took longest, and what the time went into"),
  Command.withExamples([{ command: "sluice stats slowest -c 5" }]),
);

const tailInput = { ...source, count: count(20, "How many") };

const tail = Command.make(
  "tail",
  tailInput,
  lazily(() => import("../stats/tail.ts")),
).pipe(
  Command.withDescription("The last calls, the newest last"),
  Command.withExamples([{ command: "sluice stats tail --count 50" }]),
);

const exportInput = {
  ...source,
  format: Flag.Literals("format", ["csv", "ndjson"]).pipe(
    Flag.withDescription("csv or ndjson (default csv)"),
    Flag.withDefault("csv" as const),
  ),
};
export type ExportInput = Command.Command.Config.Infer<typeof exportInput>;

const exported = Command.make(
  "export",
  exportInput,
  lazily(() => import("../stats/export.ts")),
).pipe(
  Command.withDescription("Every call as a line of CSV or JSON"),
  Command.withExamples([{ command: "sluice stats export --format csv --since 7d > calls.csv" }]),
);

export const stats = Command.make(
  "stats",
  summaryInput,
  lazily(() => import("../stats/summary.ts")),
).pipe(
  Command.withDescription("How calls went: latency, answers, retries, cost and alerts"),
  Command.withExamples([
    { command: "sluice stats --since 24h", description: "From this machine's record" },
    { command: "sluice stats --service http://127.0.0.1:8081", description: "Of a running service" },
    { command: "sluice stats errors", description: "What failed" },
  ]),
  Command.withSubcommands([summary, errors, slowest, tail, exported]),
);
