/** `sluice errors`: what each code means, and what is tried again how often. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { duration } from "./flags.ts";
import { lazily } from "./lazily.ts";

/** By name, what a client may be told to do with a failure that passes. */
export const policyNames = ["standard", "warm", "repeatable", "never"] as const;
export type PolicyName = (typeof policyNames)[number];

const input = {
  code: Argument.String("code").pipe(
    Argument.withDescription("Such as SLUICE-503-COLD; 503-COLD and 503 do as well"),
    Argument.optional,
  ),
  policy: Flag.Literals("policy", policyNames).pipe(
    Flag.withDescription("Show the waits of a retry policy: standard, warm, repeatable (a repeat is safe) or never"),
    Flag.optional,
  ),
  timeoutMs: duration("timeout").pipe(
    Flag.withDescription("With --policy: over all attempts and waits (default 300s)"),
    Flag.withDefault(300_000),
  ),
};
export type ErrorsInput = Command.Command.Config.Infer<typeof input>;

export const errors = Command.make(
  "errors",
  input,
  lazily(() => import("../errors/errors.ts")),
).pipe(
  Command.withDescription("What an error code means, and what to do about it"),
  Command.withExamples([
    { command: "sluice errors", description: "Every code" },
    { command: "sluice errors SLUICE-503-COLD", description: "Its cause, its fix, and whether it is tried again" },
    { command: "sluice errors 429 --policy standard --timeout 90s", description: "The waits, one by one" },
  ]),
);
