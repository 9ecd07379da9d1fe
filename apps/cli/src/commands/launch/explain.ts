/** `sluice launch explain`: its argument. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import { lazily } from "../lazily.ts";

const explainInput = {
  id: Argument.String("id").pipe(
    Argument.withDescription("A check's id, such as A3; all of them when none is named"),
    Argument.optional,
  ),
};
export type ExplainInput = Command.Command.Config.Infer<typeof explainInput>;

export const explain = Command.make(
  "explain",
  explainInput,
  lazily(() => import("../../launch/explain/run.ts")),
).pipe(
  Command.withDescription("What a check asks, how it is looked at, and what software cannot see of it"),
  Command.withExamples([
    { command: "sluice launch explain", description: "Every check" },
    { command: "sluice launch explain A3" },
  ]),
);
