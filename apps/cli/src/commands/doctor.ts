/** `sluice doctor`: what is wrong on this machine, or on the way to a gateway. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { duration, gateway } from "./flags.ts";
import { lazily } from "./lazily.ts";

const flags = {
  gateway,
  timeout: duration("timeout").pipe(
    Flag.withDescription("How long to wait for the network (default 10s)"),
    Flag.withDefault(10_000),
  ),
};
export type DoctorInput = Command.Command.Config.Infer<typeof flags>;

export const doctor = Command.make(
  "doctor",
  flags,
  lazily(() => import("../doctor/run.ts")),
).pipe(
  Command.withDescription(
    "What is wrong on this machine, or on the way to a gateway, with the command that mends it. It spends nothing, asks nothing, and needs neither a key nor a network. Exit code 10 when a check failed.",
  ),
  Command.withShortDescription("What is wrong on this machine, and the command that mends it"),
  Command.withExamples([
    { command: "sluice doctor", description: "This machine, your gateway, and those that Sluice knows" },
    { command: "sluice doctor -g livepeer-studio", description: "One gateway" },
    { command: "sluice doctor --json | jq '.checks[] | select(.status == \"failed\")'", description: "In a script" },
  ]),
);
