/** `sluice chat`: its flags. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { dryRun, gateway, maxCost, timeout, yes } from "./flags.ts";
import { lazily } from "./lazily.ts";

const flags = {
  message: Argument.String("message").pipe(
    Argument.withDescription("What to say; without one, or as -: what is piped in, else a conversation"),
    Argument.optional,
  ),
  input: Argument.Literals("-", ["-"]).pipe(
    Argument.withDescription("Adds what is piped in to the message; without it, that is not read"),
    Argument.optional,
  ),
  model: Flag.String("model").pipe(
    Flag.withAlias("m"),
    Flag.withMetavar("id"),
    Flag.withDescription("Hugging Face model id, in its exact spelling"),
    Flag.optional,
  ),
  system: Flag.String("system").pipe(
    Flag.withAlias("s"),
    Flag.withMetavar("text"),
    Flag.withDescription("What the model is to be, told before the conversation"),
    Flag.optional,
  ),
  maxTokens: Flag.Int("max-tokens").pipe(
    Flag.withDescription("The longest answer, and what is paid for (default 256)"),
    Flag.optional,
  ),
  temperature: Flag.Finite("temperature").pipe(
    Flag.withDescription("How freely to choose words, 0 to 2 (default 0.7)"),
    Flag.optional,
  ),
  topP: Flag.Finite("top-p").pipe(
    Flag.withDescription("Choose among the likeliest words that make up this share, 0 to 1"),
    Flag.optional,
  ),
  topK: Flag.Int("top-k").pipe(Flag.withDescription("Choose among so many words; -1: among all"), Flag.optional),
  noStream: Flag.Boolean("no-stream").pipe(
    Flag.withDescription("Ask for the whole answer at once"),
    Flag.withDefault(false),
    Flag.withoutNegation,
  ),
  ...{ gateway, timeout, maxCost, yes, dryRun },
};
export type ChatInput = Command.Command.Config.Infer<typeof flags>;

export const chat = Command.make(
  "chat",
  flags,
  lazily(() => import("../chat/run.ts")),
).pipe(
  Command.withDescription("Talk to a language model: one answer, or a conversation"),
  Command.withExamples([
    { command: 'sluice chat "Explain prices per megapixel in one line" --max-tokens 80' },
    {
      command: 'cat notes.txt | sluice chat "Summarise this in three lines" -',
      description: "With - what is piped in is added",
    },
    { command: 'sluice chat --system "You are terse"', description: "A conversation, on a terminal" },
    { command: 'sluice chat "Hello" --json', description: "Each piece of text, then the result, as JSON" },
  ]),
);
