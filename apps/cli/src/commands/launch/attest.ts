/** `sluice launch attest`: its flags. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";

const attestFlags = {
  id: Argument.String("id").pipe(Argument.withDescription("The check's id, such as S1")),
  by: Flag.String("by").pipe(Flag.withMetavar("name"), Flag.withDescription("Who says so")),
  evidence: Flag.String("evidence").pipe(
    Flag.withMetavar("text"),
    Flag.withDescription("Where one can see it: a URL or a sentence; no key"),
  ),
  on: Flag.String("on").pipe(
    Flag.withMetavar("date"),
    Flag.withDescription("The day on which it was so, such as 2026-11-22 (default today)"),
    Flag.optional,
  ),
  until: Flag.String("until").pipe(
    Flag.withMetavar("date"),
    Flag.withDescription("The last day on which it counts (default: as long as the check lets it)"),
    Flag.optional,
  ),
};
export type AttestInput = Command.Command.Config.Infer<typeof attestFlags>;

export const attest = Command.make(
  "attest",
  attestFlags,
  lazily(() => import("../../launch/attest.ts")),
).pipe(
  Command.withDescription(
    "Give your dated word for what software cannot see: it is written to launch.attest.toml, and expires",
  ),
  Command.withExamples([
    {
      command: 'sluice launch attest S1 --by ada@example.com --evidence "#ops gets the status page\'s mails"',
      description: "For as long as the check lets it count",
    },
    {
      command:
        "sluice launch attest O5 --by ada@example.com --evidence https://wiki.example.com/billing --on 2026-11-20",
    },
  ]),
);
