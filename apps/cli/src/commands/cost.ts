/** `sluice cost`: what calls cost, before they are made. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { gateway, saveEvidence } from "./flags.ts";
import { lazily } from "./lazily.ts";

const number = (name: string, description: string, metavar = "number") =>
  Flag.Int(name).pipe(Flag.withDescription(description), Flag.withMetavar(metavar), Flag.optional);

const estimateInput = {
  pipeline: Argument.String("pipeline").pipe(
    Argument.withDescription("Its name, or shortly t2i, i2i, i2v, a2t, tts …"),
  ),
  width: number("width", "Of the image, in pixels; of the input, where that is billed", "pixels").pipe(
    Flag.withAlias("W"),
  ),
  height: number("height", "As --width", "pixels").pipe(Flag.withAlias("H")),
  count: number("count", "How many images, 1 to 12 (default 1)").pipe(Flag.withAlias("c")),
  model: Flag.String("model").pipe(Flag.withDescription("Hugging Face model id, in its exact spelling"), Flag.optional),
  maxTokens: number("max-tokens", "Of llm: the longest answer, which is what is billed (default 256)"),
  seconds: Flag.Finite("seconds").pipe(
    Flag.withDescription("How long the audio is, or the stream"),
    Flag.withMetavar("seconds"),
    Flag.optional,
  ),
  text: Flag.String("text").pipe(Flag.withDescription("Of text-to-speech: what is to be said"), Flag.optional),
  characters: number("characters", "Of text-to-speech: how long the text is"),
  file: Flag.String("file").pipe(
    Flag.withDescription("The image or the audio that goes in; it is looked at here, and sent nowhere"),
    Flag.withMetavar("path"),
    Flag.optional,
  ),
  retries: Flag.Int("retries").pipe(
    Flag.filter(
      (given) => given >= 0 && given <= 100,
      () => "must be from 0 to 100",
    ),
    Flag.withDescription("Show as well what so many more runs would cost"),
    Flag.withDefault(0),
  ),
  gateway,
};
export type EstimateInput = Command.Command.Config.Infer<typeof estimateInput>;

const estimate = Command.make(
  "estimate",
  estimateInput,
  lazily(() => import("../cost/estimate.ts")),
).pipe(
  Command.withDescription("What a call would cost, to the last digit, with nothing sent"),
  Command.withExamples([
    { command: "sluice cost estimate text-to-image -W 1024 -H 1024 -c 4", description: "Four images" },
    { command: "sluice cost estimate upscale --file small.png", description: "By the input's pixels, from its header" },
    { command: "sluice cost estimate audio-to-text --seconds 600 -g livepeer-cloud --json" },
  ]),
);

const decimal = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.withMetavar("share"), Flag.optional);

const projectInput = {
  mix: Flag.String("mix").pipe(
    Flag.withDescription("Calls a day: pipeline=calls, then fields such as width=512,seconds=60; repeat it"),
    Flag.withMetavar("mix"),
    Flag.atLeast(0),
    Flag.withDefault([]),
  ),
  file: Flag.String("file").pipe(
    Flag.withDescription("A TOML file with the same: [[calls]] with pipeline, per_day, width …"),
    Flag.withMetavar("path"),
    Flag.optional,
  ),
  retryShare: decimal("retry-share", "The share of calls that are made and paid again, such as 0.04"),
  growth: decimal("growth", "By how much each month has more calls than the one before, such as 0.1"),
  month: Flag.String("month").pipe(
    Flag.withDescription("The first month, such as 2026-12; else months have 30 days"),
    Flag.optional,
  ),
  months: Flag.Int("months").pipe(Flag.withDescription("How many months to look ahead (default 1)"), Flag.optional),
  save: saveEvidence,
  gateway,
};
export type ProjectInput = Command.Command.Config.Infer<typeof projectInput>;

const project = Command.make(
  "project",
  projectInput,
  lazily(() => import("../cost/project.ts")),
).pipe(
  Command.withDescription("What a mix of calls costs a day and a month, by pipeline"),
  Command.withExamples([
    { command: "sluice cost project --mix text-to-image=1000 --mix audio-to-text=50,seconds=60" },
    { command: "sluice cost project --mix text-to-image=1000 --save", description: "As evidence for the launch check" },
    { command: "sluice cost project --file calls.toml --growth 0.1 --months 6 --month 2026-12" },
  ]),
);

const ratesInput = {
  pipeline: Flag.String("pipeline").pipe(
    Flag.withAlias("p"),
    Flag.withDescription("Of this pipeline alone"),
    Flag.optional,
  ),
  gateway,
};
export type RatesInput = Command.Command.Config.Infer<typeof ratesInput>;

const rates = Command.make(
  "rates",
  ratesInput,
  lazily(() => import("../cost/rates.ts")),
).pipe(
  Command.withDescription("The rate card: what each unit costs, who says so and when, and where sources disagree"),
  Command.withExamples([
    { command: "sluice cost rates" },
    { command: "sluice cost rates -p text-to-image -g acme.json" },
  ]),
);

export const cost = Command.make("cost").pipe(
  Command.withDescription("What calls cost, before they are made"),
  Command.withExamples([{ command: "sluice cost estimate text-to-image -c 4" }]),
  Command.withSubcommands([estimate, project, rates]),
);
