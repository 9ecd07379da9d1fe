/** A chat's answer as it comes, for programs that use promises. */
import type { ResultOf } from "../pipelines/Results.ts";
import type { ChatPiece } from "./ChatReader.ts";

/** What a stream is read from; its promises reject with a `GatewayError`. */
export interface ChatSource {
  /** The next pieces, or `undefined` at the end. */
  readonly next: () => Promise<ReadonlyArray<ChatPiece> | undefined>;
  readonly final: Promise<ResultOf<"llm">>;
  /** Ends the call, if it still runs. */
  readonly close: () => void;
}

/**
 * The pieces of a chat, in order, for one reader. Leaving the loop ends the call. A stream that breaks off throws when
 * its pieces have been read: `StreamTruncated`.
 */
export class ChatStream implements AsyncIterable<ChatPiece> {
  readonly #source: ChatSource;
  #read = false;

  constructor(source: ChatSource) {
    this.#source = source;
    // Whoever reads the pieces meets the error there.
    source.final.catch(() => undefined);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<ChatPiece, undefined> {
    if (this.#read) throw new TypeError("a chat's stream can be read once; its whole text is in `final()`");
    this.#read = true;
    const { close } = this.#source;
    const pieces = this.#pieces();
    const iterator: AsyncIterableIterator<ChatPiece, undefined> = {
      next: () => pieces.next(),
      // At once, also while a piece is awaited.
      return: () => {
        close();
        return pieces.return(undefined);
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /** The text in UTF-8, as the body of a `Response` takes it. Cancelling it ends the call. */
  toReadableStream(): ReadableStream<Uint8Array> {
    const { close } = this.#source;
    const pieces = this[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value.text));
      },
      cancel: close,
    });
  }

  /** The whole, once all has come. It reads what nobody else reads. */
  async final(): Promise<ResultOf<"llm">> {
    if (!this.#read) for await (const _ of this);
    return this.#source.final;
  }

  async *#pieces(): AsyncGenerator<ChatPiece, undefined, undefined> {
    const { next } = this.#source;
    for (let pieces = await next(); pieces !== undefined; pieces = await next()) yield* pieces;
    return undefined;
  }
}
