/** A chat whose answer is read as it comes: one call, retried until its first token, whose pieces wait in a queue. */
import type { GatewayError } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Engine } from "../Engine.ts";
import type { CallInput } from "../pipelines/CallInput.ts";
import { callWithoutFile } from "../pipelines/callPipeline.ts";
import type { CallOptions } from "../pipelines/readyCall.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import { type ChatPiece, ChatReader } from "./ChatReader.ts";
import { PieceTeller, type TellPiece } from "./PieceTeller.ts";
import { TokenQueue } from "./TokenQueue.ts";

export type ChatQueue = TokenQueue<ChatPiece, GatewayError>;

/** One call, which puts its pieces into the queue as they come, and at last how it ended. Gives the whole. */
export const callChat = (
  engine: Engine,
  input: CallInput<"llm">,
  options: CallOptions,
  queue: ChatQueue,
): Effect.Effect<ResultOf<"llm">, GatewayError> =>
  callWithoutFile(engine, "llm", { ...input, stream: true }, options, new ChatReader(queue)).pipe(
    Effect.map(({ result }) => result),
    Effect.onExit((exit) =>
      Effect.sync(() => {
        queue.end(exit._tag === "Success" ? Cause.done() : Effect.failCause(exit.cause));
      }),
    ),
  );

/** The pieces as a stream. The call begins when it is read, and ends with it. */
export const chatStream = (
  engine: Engine,
  input: CallInput<"llm">,
  options: CallOptions,
): Stream.Stream<ChatPiece, GatewayError> =>
  Stream.unwrap(
    Effect.suspend(() => {
      const queue: ChatQueue = new TokenQueue();
      const call = Effect.forkScoped(callChat(engine, input, options, queue));
      return Effect.as(call, Stream.fromPull(Effect.succeed(queue.take)));
    }),
  );

/** The same for who is told the pieces as they come: nothing stands between the socket and `tell`. */
export const chatTo = (
  engine: Engine,
  input: CallInput<"llm">,
  tell: TellPiece,
  options: CallOptions,
): Effect.Effect<ResultOf<"llm">, GatewayError> =>
  Effect.suspend(() =>
    Effect.map(
      callWithoutFile(engine, "llm", { ...input, stream: true }, options, new ChatReader(new PieceTeller(tell))),
      ({ result }) => result,
    ),
  );
