/** Chats: the next turn of a conversation, whole or as it comes. */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Pull from "effect/Pull";
import { ChatStream } from "../chat/ChatStream.ts";
import { callChat, type ChatQueue } from "../chat/callChat.ts";
import { TokenQueue } from "../chat/TokenQueue.ts";
import type { CallInput } from "../pipelines/CallInput.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import type { CallOptions } from "./CallOptions.ts";
import { type Gateway, partsOf } from "./Gateway.ts";
import type { Pending } from "./Pending.ts";
import { runWithoutFile } from "./pipelines.ts";

export type ChatInput = CallInput<"llm">;
export type Streamed = ChatInput & { readonly stream: true };
export type Whole = ChatInput & { readonly stream?: false };

/** With `stream`, read as it comes and retried only before its first token. */
export function chat(gateway: Gateway, input: Streamed, options?: CallOptions): ChatStream;
export function chat(gateway: Gateway, input: Whole, options?: CallOptions): Pending<ResultOf<"llm">>;
export function chat(gateway: Gateway, input: ChatInput, options?: CallOptions): ChatStream | Pending<ResultOf<"llm">>;
export function chat(gateway: Gateway, input: ChatInput, options: CallOptions = {}) {
  // From JavaScript nothing at all may come: the call says so.
  const { stream: isStreamed } = (input as ChatInput | null | undefined) ?? {};
  return isStreamed === true ? stream(gateway, input, options) : runWithoutFile(gateway, "llm", input, options);
}

const stream = (gateway: Gateway, input: ChatInput, options: CallOptions): ChatStream => {
  const { engine, runner } = partsOf(gateway);
  const queue: ChatQueue = new TokenQueue();
  const { signal } = (options as CallOptions | null) ?? {};
  const { result: final, end } = runner.start("llm", callChat(engine, input, options, queue), signal);
  // Also where the call was refused before it could say so.
  final.catch(() => {
    queue.end(Cause.done());
  });
  const next = Pull.catchDone(queue.take, () => Effect.undefined);
  return new ChatStream({
    // How the call ended is told by its own promise. What came before a client was closed can still be read.
    next: async () => {
      const pieces = await Effect.runPromise(next).catch(() => undefined);
      if (pieces === undefined) await final;
      return pieces;
    },
    final,
    close: end,
  });
};
