/** `sluice launch check`: its flags. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { maxCost } from "../flags.ts";
import { lazily } from "../lazily.ts";

const file = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("file"), Flag.withDescription(description), Flag.optional);

const checkFlags = {
  folder: Argument.String("folder").pipe(
    Argument.withDescription("The application's folder; the current one when none is named"),
    Argument.optional,
  ),
  config: file(
    "config",
    "What the team says of the application (default: the folder's launch.toml, where there is one)",
  ),
  only: Flag.String("only").pipe(
    Flag.withMetavar("ids"),
    Flag.withDescription("Of these checks or groups alone, such as A1,E3,cost"),
    Flag.optional,
  ),
  failOn: Flag.Literals("fail-on", ["fail", "manual", "warn"]).pipe(
    Flag.withDescription("What keeps a launch back: this and what is worse (default manual)"),
    Flag.withDefault("manual"),
  ),
  baseline: file("baseline", "What is known and lived with for now: it keeps nothing back until it gets worse"),
  writeBaseline: file("write-baseline", "Write such a file, of all that is not well now"),
  format: Flag.Literals("format", ["text", "md", "junit", "sarif", "github"]).pipe(
    Flag.withDescription("md: a document; junit, sarif: for CI and code hosts; github: annotations of a workflow"),
    Flag.withDefault("text"),
  ),
  prometheus: Flag.String("prometheus").pipe(
    Flag.withMetavar("url"),
    Flag.withDescription("A Prometheus server that should have the alerts loaded (else launch.toml's)"),
    Flag.optional,
  ),
  metrics: Flag.String("metrics").pipe(
    Flag.withMetavar("url|file"),
    Flag.withDescription("Where the application's metrics are (else launch.toml's)"),
    Flag.optional,
  ),
  offline: Flag.Boolean("offline").pipe(
    Flag.withDescription("Ask nothing of the network; what would need it is left open"),
    Flag.withDefault(false),
  ),
  probe: Flag.Boolean("probe").pipe(
    Flag.withDescription("Ask models for the smallest thing they do, which is paid; needs --max-cost"),
    Flag.withDefault(false),
  ),
  maxCost: maxCost.pipe(Flag.withDescription("With --probe: the most that all probes together may cost, such as 0.05")),
};
export type CheckInput = Command.Command.Config.Infer<typeof checkFlags>;

export const check = Command.make(
  "check",
  checkFlags,
  lazily(() => import("../../launch/check/run.ts")),
).pipe(
  Command.withDescription(
    "Look at an application with every check of the production checklist: what was seen, and what mends it. It changes nothing, and spends nothing without --probe. Exit code 10 when it is not ready.",
  ),
  Command.withShortDescription("The production checklist as checks; exit code 10 when it is not ready"),
  Command.withExamples([
    { command: "sluice launch check", description: "The application in this folder" },
    { command: "sluice launch check --only A1,E3,cost --offline", description: "Two checks and a group" },
    { command: "sluice launch check --format md > LAUNCH.md", description: "A document for the team" },
    { command: "sluice launch check --probe --max-cost 0.05", description: "Ask the models whether they are warm" },
  ]),
);
