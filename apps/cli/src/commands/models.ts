/** `sluice models`: the flags of its commands. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { dryRun, duration, gateway, maxCost, timeout, yes } from "./flags.ts";
import { lazily } from "./lazily.ts";
import { pipelineChoices } from "../pipelines.ts";

const pipeline = Flag.ChoiceWithValue("pipeline", pipelineChoices).pipe(
  Flag.withAlias("p"),
  Flag.withMetavar("name"),
  Flag.withDescription("Of this pipeline alone"),
  Flag.optional,
);

const network = Flag.String("network").pipe(
  Flag.withMetavar("url"),
  Flag.withDescription(
    "The CLI port of a go-livepeer gateway of yours (-cliAddr), such as http://127.0.0.1:5935; read, never changed",
  ),
  Flag.optional,
);

const model = Argument.String("model").pipe(
  Argument.withDescription("Hugging Face model id, in its exact spelling, as in `sluice models list`"),
);

const listFlags = {
  ...{ pipeline, gateway, network },
  warm: Flag.Boolean("warm").pipe(
    Flag.withDescription("Only what is warm, or claimed to be"),
    Flag.withDefault(false),
    Flag.withoutNegation,
  ),
};
export type ListInput = Command.Command.Config.Infer<typeof listFlags>;

const list = Command.make(
  "list",
  listFlags,
  lazily(() => import("../models/list.ts")),
).pipe(
  Command.withDescription("The models of each pipeline, how warm they are and what they cost; it never spends"),
  Command.withExamples([
    { command: "sluice models list --warm", description: "By documents alone" },
    {
      command: "sluice models list -p text-to-image --network http://127.0.0.1:5935",
      description: "By what orchestrators say now, as your own gateway knows it",
    },
  ]),
);

const showFlags = { model, pipeline, gateway, network };
export type ShowInput = Command.Command.Config.Infer<typeof showFlags>;

const show = Command.make(
  "show",
  showFlags,
  lazily(() => import("../models/show.ts")),
).pipe(
  Command.withDescription("All that is known of a model, with who says so"),
  Command.withExamples([{ command: "sluice models show SG161222/RealVisXL_V4.0_Lightning" }]),
);

const every = (usual: number, what: string) =>
  duration("every").pipe(
    Flag.withDescription(`${what}, such as 10s (default ${usual / 1_000}s)`),
    Flag.withDefault(usual),
  );

const probeFlags = {
  ...{ model, pipeline, gateway },
  until: Flag.Literals("until", ["warm"]).pipe(
    Flag.withMetavar("warm"),
    Flag.withDescription("Ask again until it answers like a warm model; without it, one probe is sent"),
    Flag.optional,
  ),
  every: every(10_000, "How long to wait between two probes"),
  maxCost: maxCost.pipe(
    Flag.withDescription(
      "The most to spend on all probes together (default 0.05); one that would go beyond is not sent",
    ),
  ),
  ...{ timeout, yes, dryRun },
};
export type ProbeInput = Command.Command.Config.Infer<typeof probeFlags>;

const probe = Command.make(
  "probe",
  probeFlags,
  lazily(() => import("../models/probe.ts")),
).pipe(
  Command.withDescription("Find out whether a model is warm, with the cheapest request that there is"),
  Command.withExamples([
    { command: "sluice models probe stabilityai/sdxl-turbo -p text-to-image", description: "One probe" },
    { command: "sluice models probe stabilityai/sdxl-turbo -p text-to-image --until warm --max-cost 0.05" },
    { command: "sluice models probe stabilityai/sdxl-turbo -p text-to-image -n", description: "What would be sent" },
  ]),
);

const watchFlags = {
  models: Argument.String("model").pipe(
    Argument.withDescription("The models to watch; without any, all of them"),
    Argument.variadic(),
  ),
  ...{ pipeline, network },
  every: every(60_000, "How long to wait between two looks"),
  count: Flag.Int("count").pipe(Flag.withDescription("Stop after so many looks"), Flag.optional),
};
export type WatchInput = Command.Command.Config.Infer<typeof watchFlags>;

const watch = Command.make(
  "watch",
  watchFlags,
  lazily(() => import("../models/watch.ts")),
).pipe(
  Command.withDescription(
    "A line whenever a model becomes warm or cold on the network; it sends no probes, and costs nothing",
  ),
  Command.withExamples([
    { command: "sluice models watch --network http://127.0.0.1:5935" },
    { command: "sluice models watch stabilityai/sdxl-turbo --network http://127.0.0.1:5935 --every 10s --json" },
  ]),
);

export const models = Command.make("models").pipe(
  Command.withDescription("Which models there are, which are warm, and what they cost"),
  Command.withExamples([
    { command: "sluice models list --warm" },
    { command: "sluice models probe stabilityai/sdxl-turbo -p text-to-image --until warm" },
  ]),
  Command.withSubcommands([list, show, probe, watch]),
);
