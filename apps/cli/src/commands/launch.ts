/** `sluice launch`: may this application launch, and what does it do when a gateway fails? */
import * as Command from "effect/cli/Command";
import { attest } from "./launch/attest.ts";
import { check } from "./launch/check.ts";
import { drill } from "./launch/drill.ts";
import { explain } from "./launch/explain.ts";

export const launch = Command.make("launch").pipe(
  Command.withDescription("Livepeer's production checklist as checks with evidence, and a drill for any program"),
  Command.withShortDescription("May we launch? The production checklist as checks, and a drill for any program"),
  Command.withExamples([
    { command: "sluice launch check", description: "The whole checklist, for the application in this folder" },
    { command: "sluice launch drill -- python3 app.py", description: "What a program does when a gateway fails" },
    { command: "sluice launch explain E3", description: "What a check asks, and how it is looked at" },
  ]),
  Command.withSubcommands([check, drill, attest, explain]),
);
