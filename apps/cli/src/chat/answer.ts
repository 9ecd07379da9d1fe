/** One answer: its text to stdout as it comes, and the line about it to stderr. */
import type { CallInput, GatewayClientShape, ResultOf } from "@sluice/core/effect";
import type { GatewayError } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { OutputShape } from "../output/Output.ts";
import type { ChatPiece } from "../results/chat.ts";
import { summaryOf } from "./summary.ts";

/** What has come of an answer, also of one that breaks off. */
export class Heard {
  text = "";
  pieces = 0;
  firstAt: number | undefined;
}

export type ChatRequest = Omit<CallInput<"llm">, "stream">;

export interface Answered {
  readonly result: ResultOf<"llm">;
  readonly firstTextMs: number | undefined;
}

export const answer = (
  client: Pick<GatewayClientShape, "chat" | "chatTo">,
  request: ChatRequest,
  { output, heard, streams }: { readonly output: OutputShape; readonly heard: Heard; readonly streams: boolean },
): Effect.Effect<Answered, GatewayError> =>
  Effect.gen(function* () {
    const clock = yield* Clock.Clock;
    const startedAt = clock.currentTimeMillisUnsafe();
    const tell = ({ text }: { readonly text: string }): Promise<void> | undefined => {
      output.status(undefined);
      heard.firstAt ??= clock.currentTimeMillisUnsafe();
      heard.text += text;
      heard.pieces += 1;
      output.product(text);
      const piece: ChatPiece = { type: "text", text };
      output.event(piece);
      return drained();
    };
    const call = streams
      ? client.chatTo(request, tell)
      : Effect.tap(client.chat(request), ({ text }) => Effect.sync(() => void tell({ text })));
    // The end of a call is told to its observers right after it: they come before the result.
    const result = yield* Effect.ensuring(call, Effect.yieldNow);
    const firstTextMs = streams && heard.firstAt !== undefined ? heard.firstAt - startedAt : undefined;
    endLine(output, heard);
    output.note(output.noteStyle.dim(summaryOf(result, { firstTextMs, pieces: heard.pieces })));
    return { result, firstTextMs };
  });

/** So that what follows begins on a line of its own. */
export const endLine = (output: Pick<OutputShape, "product">, { text }: Pick<Heard, "text">): void => {
  if (text !== "" && !text.endsWith("\n")) output.product("\n");
};

/** A slow reader holds the gateway back, rather than filling memory here. */
const drained = (): Promise<void> | undefined =>
  process.stdout.writableNeedDrain
    ? new Promise((resolve) => process.stdout.once("drain", () => resolve()))
    : undefined;
