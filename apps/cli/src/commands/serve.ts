/** `sluice serve`: the emulator, until it is interrupted. */
import { defaultModel } from "@sluice/models";
import { faultKinds, makeEmulator, type ModelBehaviour } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { CommandFailed } from "../CommandFailed.ts";
import { exitCodes } from "../exitCodes.ts";
import { parseFault } from "./faultFlag.ts";
import { duration } from "./sharedFlags.ts";

export const serve = Command.make(
  "serve",
  {
    port: Flag.Int("port").pipe(Flag.withDescription("Default 8937; 0 takes a free one"), Flag.withDefault(8937)),
    cold: duration("cold").pipe(
      Flag.withDescription("The default model is cold at first and takes so long to load, such as 20s"),
      Flag.optional,
    ),
    meanwhile: Flag.Literals("meanwhile", ["503", "hold"]).pipe(
      Flag.withDescription("What a request for a cold model gets: a 503, or to wait"),
      Flag.withDefault("503"),
    ),
    latency: duration("latency").pipe(
      Flag.withDescription("How long a warm model takes (default 800ms)"),
      Flag.withDefault(800),
    ),
    faults: Flag.String("fault").pipe(
      Flag.mapTryCatch(parseFault, (error) => (error instanceof Error ? error.message : String(error))),
      Flag.withMetavar("kind[:10%|:x2]"),
      Flag.withDescription(`What goes wrong, and how often; repeatable. One of ${faultKinds.join(", ")}`),
      Flag.atLeast(0),
    ),
    seed: Flag.Int("seed").pipe(Flag.withDescription("Of everything that chance decides"), Flag.withDefault(1)),
  },
  ({ port, cold, meanwhile, latency, faults, seed }) => {
    const model = defaultModel("text-to-image");
    const behaviour: ModelBehaviour = Option.isSome(cold)
      ? { state: "cold", loadMs: cold.value, meanwhile }
      : { state: "warm" };
    return Effect.gen(function* () {
      const emulator = yield* makeEmulator({ port, faults, seed, latencyMs: latency, models: { [model]: behaviour } });
      process.stderr.write(
        [
          `▶ emulator ${emulator.url}   a go-livepeer gateway with nine pipelines`,
          `  ${model} is ${Option.isSome(cold) ? `cold (${meanwhile} for ${cold.value / 1_000} s)` : "warm"}`,
          `  try      sluice generate text-to-image "a red fox in snow" -g ${emulator.url}`,
          `  journal  curl ${emulator.url}/__emulator/journal      stop  Ctrl-C`,
          "",
        ].join("\n"),
      );
      return yield* Effect.never;
    }).pipe(
      Effect.scoped,
      Effect.catchTag("EmulatorNotStarted", ({ message }) => {
        process.stderr.write(`✗ SLUICE-EMULATOR  ${message}\n  fix       choose another port: sluice serve --port 0\n`);
        return Effect.fail(new CommandFailed({ exitCode: exitCodes.unexpected }));
      }),
    );
  },
).pipe(Command.withDescription("Run a gateway to practise on: cold models, faults, a journal of what was asked"));
