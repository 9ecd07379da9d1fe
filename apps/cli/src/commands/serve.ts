/** `sluice serve`: the emulator, until it is interrupted. */
import { defaultModel } from "@sluice/models";
import { makeEmulator, type ModelBehaviour, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { CommandFailed } from "../CommandFailed.ts";
import { exitCodes } from "../exitCodes.ts";
import { faultFlag } from "./faultFlag.ts";
import { duration } from "./sharedFlags.ts";

const served = {
  "go-livepeer": "a go-livepeer gateway with nine pipelines",
  studio: "Studio, in front of a go-livepeer gateway",
};

const fox = 'sluice generate text-to-image "a red fox in snow"';
const attempts = {
  "go-livepeer": (url: string) => `${fox} -g ${url}`,
  studio: (url: string) =>
    `SLUICE_GATEWAY_URL=${url} LIVEPEER_API_KEY=${studioKeys.backend.text} ${fox} -g livepeer-studio`,
};

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
    faults: faultFlag,
    dialect: Flag.Literals("dialect", ["go-livepeer", "studio"]).pipe(
      Flag.withDescription("Who answers: go-livepeer, or Studio in front of it, which wants a key"),
      Flag.withDefault("go-livepeer"),
    ),
    seed: Flag.Int("seed").pipe(Flag.withDescription("Of everything that chance decides"), Flag.withDefault(1)),
  },
  ({ port, cold, meanwhile, latency, faults, seed, dialect }) => {
    const model = defaultModel("text-to-image");
    const behaviour: ModelBehaviour = Option.isSome(cold)
      ? { state: "cold", loadMs: cold.value, meanwhile }
      : { state: "warm" };
    return Effect.gen(function* () {
      const emulator = yield* makeEmulator({
        ...{ port, faults, seed, dialect },
        latencyMs: latency,
        models: { [model]: behaviour },
      });
      process.stderr.write(
        [
          `▶ emulator ${emulator.url}   ${served[dialect]}`,
          `  ${model} is ${Option.isSome(cold) ? `cold (${meanwhile} for ${cold.value / 1_000} s)` : "warm"}`,
          `  try      ${attempts[dialect](emulator.url)}`,
          `  journal  curl ${new URL("/__emulator/journal", emulator.url).href}      stop  Ctrl-C`,
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
