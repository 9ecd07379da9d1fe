/** `sluice generate <pipeline>`. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { generateTextToImage } from "../generate.ts";
import { makeReport } from "../output/Report.ts";
import { gatewaySettings } from "../settings.ts";
import { duration, json } from "./sharedFlags.ts";

/** `-g "$UNSET"` must not mean the public gateway. */
const given = (text: string): string => {
  if (text === "") throw new Error("an empty name is no gateway");
  return text;
};

const textToImage = Command.make(
  "text-to-image",
  {
    prompt: Argument.String("prompt").pipe(Argument.withDescription("What to draw")),
    output: Flag.String("output").pipe(
      Flag.withAlias("o"),
      Flag.withDescription("A folder (default out), or a .png file; several images get numbers"),
      Flag.withDefault("out"),
    ),
    gateway: Flag.String("gateway").pipe(
      Flag.mapTryCatch(given, (error) => (error instanceof Error ? error.message : String(error))),
      Flag.withAlias("g"),
      Flag.withDescription(
        "livepeer-cloud, livepeer-studio, go-livepeer, emulator, a base URL, or a .json file (else SLUICE_GATEWAY)",
      ),
      Flag.optional,
    ),
    model: Flag.String("model").pipe(
      Flag.withDescription("Hugging Face model id, in its exact spelling"),
      Flag.optional,
    ),
    width: Flag.Int("width").pipe(
      Flag.withAlias("W"),
      Flag.withDescription("In pixels, a multiple of 8 from 64 to 4096 (default 1024)"),
      Flag.optional,
    ),
    height: Flag.Int("height").pipe(
      Flag.withAlias("H"),
      Flag.withDescription("In pixels, a multiple of 8 from 64 to 4096 (default 1024)"),
      Flag.optional,
    ),
    count: Flag.Int("count").pipe(
      Flag.withAlias("n"),
      Flag.withDescription("How many images, 1 to 12 (default 1)"),
      Flag.optional,
    ),
    seed: Flag.Int("seed").pipe(Flag.withDescription("The same seed and prompt give the same image"), Flag.optional),
    maxCost: Flag.String("max-cost").pipe(
      Flag.withMetavar("usd"),
      Flag.withDescription("Refuse a dearer call before it is sent, such as 0.05"),
      Flag.optional,
    ),
    timeoutMs: duration("timeout").pipe(
      Flag.withDescription("Over all attempts and waits, such as 90s or 5m (default 300s)"),
      Flag.optional,
    ),
    json,
  },
  (flags) => {
    const { prompt, output } = flags;
    const input = {
      prompt,
      ...field("model_id", flags.model),
      ...field("width", flags.width),
      ...field("height", flags.height),
      ...field("num_images_per_prompt", flags.count),
      ...field("seed", flags.seed),
    };
    return generateTextToImage(
      { settings: gatewaySettings(flags, process.env), input, output },
      makeReport(flags.json),
    );
  },
).pipe(
  Command.withAlias("t2i"),
  Command.withDescription("Draw images from a prompt"),
  Command.withExamples([
    {
      command: 'sluice generate text-to-image "a red fox in snow" -o out/',
      description: "An image, on the free gateway",
    },
    { command: 'sluice generate text-to-image "a harbour" -W 1024 -H 576 -n 2 --seed 7 --max-cost 0.05' },
  ]),
);

export const generate = Command.make("generate").pipe(
  Command.withAlias("gen"),
  Command.withDescription("Run a pipeline on a gateway"),
  Command.withSubcommands([textToImage]),
);

const field = <Key extends string, A>(key: Key, value: Option.Option<A>): Partial<Record<Key, A>> =>
  Option.isSome(value) ? ({ [key]: value.value } as Record<Key, A>) : {};
