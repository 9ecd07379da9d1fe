/** Hands pieces of a text on at once, and holds the gateway back while who takes them is behind. */
import type { Flow } from "../transport/Transport.ts";
import type { ChatPiece, PieceSink } from "./ChatReader.ts";

/** While a promise that it gives is pending, no more is read; what has been read already still comes. It must not throw. */
export type TellPiece = (piece: ChatPiece) => PromiseLike<unknown> | undefined;

export class PieceTeller implements PieceSink {
  readonly #tell: TellPiece;
  #flow: Flow | undefined;
  /** Promises that are pending. */
  #behind = 0;

  constructor(tell: TellPiece) {
    this.#tell = tell;
  }

  connect(flow: Flow): void {
    this.#flow = flow;
    if (this.#behind > 0) flow.pause();
  }

  push(piece: ChatPiece): void {
    const told = this.#tell(piece);
    if (told === undefined) return;
    this.#behind += 1;
    if (this.#behind === 1) this.#flow?.pause();
    told.then(this.#caughtUp, this.#caughtUp);
  }

  readonly #caughtUp = (): void => {
    this.#behind -= 1;
    if (this.#behind === 0) this.#flow?.resume();
  };
}
