/**
 * Where the message of a chat comes from: the argument, what is piped in, or both. Beside a message, stdin is read only when
 * `-` asks for it: in a loop of a shell it is the loop's, and in a service it may never end.
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { fstatSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { ChatInput } from "../commands/chat.ts";
import { type Failed, failed } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";

/** As a message: nothing but what is piped in. */
const stdin = "-";

/** `undefined`: nothing is given, and a person is there to talk. */
export const promptOf = (
  { message: given, input }: Pick<ChatInput, "message" | "input">,
  output: Pick<OutputShape, "asks">,
): Effect.Effect<string | undefined, Failed> =>
  Effect.gen(function* () {
    const message = Option.getOrUndefined(Option.filter(given, (text) => text !== stdin));
    if (message?.trim() === "") {
      return yield* failed("SLUICE-USAGE", {
        message: "the message is empty",
        fix: 'Say something: sluice chat "Hello".',
      });
    }
    const isAsked = Option.isSome(input) || (Option.isSome(given) && message === undefined);
    const isRead = isAsked || (message === undefined && isPiped());
    const piped = isRead ? yield* Effect.promise(() => text(process.stdin)) : "";
    const said = joined(message, piped);
    if (said !== "") return said;
    if (process.stdin.isTTY && output.asks && Option.isNone(given)) return undefined;
    return yield* failed("SLUICE-USAGE", {
      message: "there is nothing to say: no message, and nothing was piped in",
      fix: 'Give a message: sluice chat "Hello". For a conversation, run it on a terminal without --json, --quiet and --no-input.',
    });
  });

/** What is asked stands before what it is asked about. */
export const joined = (message: string | undefined, piped: string): string =>
  [message ?? "", piped.trimEnd()].filter((part) => part.trim() !== "").join("\n\n");

/** A closed or an empty stdin, such as /dev/null, has nothing to read. */
const isPiped = (): boolean => {
  try {
    const input = fstatSync(0);
    return input.isFIFO() || input.isFile() || input.isSocket();
  } catch {
    return false;
  }
};
