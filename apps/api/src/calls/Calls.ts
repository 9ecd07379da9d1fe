/**
 * What a route asks for: a call of a pipeline on behalf of the request's caller. Everything that all routes share is behind
 * it: what the key may, its limits, the price, the call itself, what is told of it in headers, and its files.
 */
import type { CallInput, PipelineName, ResultOf } from "@sluice/core/effect";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A request and the answer that it is going to get. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Calls {
  /**
   * Rejects with a `Refusal` or a `GatewayError`, before anything is sent where that can be known. Sets the answer's headers.
   * URLs of files in the result lead to this service, where it keeps them. Ends when the caller hangs up.
   */
  readonly run: <Name extends PipelineName>(
    exchange: Exchange,
    pipeline: Name,
    input: CallInput<Name>,
  ) => Promise<ResultOf<Name>>;
  /** The same of a chat whose text is told as it comes. While a promise that `onText` gives is pending, no more is read. */
  readonly chat: (
    exchange: Exchange,
    input: Omit<CallInput<"llm">, "stream">,
    onText: (text: string) => Promise<void> | undefined,
  ) => Promise<ResultOf<"llm">>;
  /** The same as `run` for who wants the files themselves: their URLs are the gateway's, for `bytes`, and nothing is kept. */
  readonly runForBytes: Calls["run"];
  /** The bytes of such a result's file. Rejects with a `Refusal`. */
  readonly bytes: (exchange: Exchange, file: { readonly url: string }) => Promise<Uint8Array>;
}
