/** `sluice demo`: the main job on an emulator of its own, with a model that is cold for some seconds. */
import { defaultModel } from "@sluice/models";
import { makeEmulator } from "@sluice/emulator";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Effect from "effect/Effect";
import { formatDuration } from "../duration.ts";
import { generateTextToImage } from "../generate.ts";
import { makeReport } from "../output/Report.ts";
import { duration, json } from "./sharedFlags.ts";

export const demo = Command.make(
  "demo",
  {
    output: Flag.String("output").pipe(Flag.withAlias("o"), Flag.withDefault("out"), Flag.withDescription("A folder")),
    cold: duration("cold").pipe(Flag.withDescription("How long the model takes to load"), Flag.withDefault(8_000)),
    json,
  },
  ({ output, cold: loadMs, json }) =>
    Effect.gen(function* () {
      const report = makeReport(json);
      const models = { [defaultModel("text-to-image")]: { state: "cold", loadMs, meanwhile: "503" } } as const;
      const emulator = yield* makeEmulator({ latencyMs: 900, models });
      report.note(
        `▶ a gateway emulator at ${emulator.url}; its model is cold and needs ${formatDuration(loadMs)} to load`,
      );
      yield* generateTextToImage(
        {
          settings: { gateway: emulator.url },
          input: { prompt: "a red fox in snow at sunset", seed: 7 },
          output,
        },
        report,
      );
    }).pipe(Effect.scoped),
).pipe(Command.withDescription("See a call survive a cold model: on an emulator, for nothing, in half a minute"));
