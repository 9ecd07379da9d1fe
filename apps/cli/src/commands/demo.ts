/** `sluice demo`: the main job on an emulator of its own, with a model that is cold for some seconds. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { duration } from "./flags.ts";
import { output, preview } from "./generate/delivery.ts";
import { lazily } from "./lazily.ts";

const flags = {
  output: output("A folder, a file, or - for the bytes on stdout (default: the setting output_folder)"),
  cold: duration("cold").pipe(
    Flag.withDescription("How long the model takes to load (default 8s)"),
    Flag.withDefault(8_000),
  ),
  preview,
};
export type DemoInput = Command.Command.Config.Infer<typeof flags>;

export const demo = Command.make(
  "demo",
  flags,
  lazily(() => import("../generate/demo.ts")),
).pipe(
  Command.withDescription("See a call survive a cold model: on an emulator, for nothing, in half a minute"),
  Command.withExamples([{ command: "sluice demo" }, { command: "sluice demo --cold 2s" }]),
);
