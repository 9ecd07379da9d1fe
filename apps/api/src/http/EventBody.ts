/** The body of an answer as server-sent events, each handed on at once. Whoever writes can wait for a slow reader. */
import { Readable } from "node:stream";

/** What may wait for the reader before its writer is told to, in bytes. */
const waitingBytes = 65_536;

export class EventBody extends Readable {
  /** There while the reader is behind. */
  #behind: PromiseWithResolvers<void> | undefined;

  constructor() {
    super({ highWaterMark: waitingBytes });
  }

  /** Nothing happens once the reader has gone. Gives a promise when the reader is behind; it resolves when it is not, or gone. */
  events(...data: ReadonlyArray<object | string>): Promise<void> | undefined {
    const texts = data.map((one) => `data: ${typeof one === "string" ? one : JSON.stringify(one)}\n\n`);
    return this.#write(texts.join(""));
  }

  /** Shows that the connection lives; clients pass over it. A reader that is behind knows that it does. */
  comment(text: string): void {
    if (this.#behind === undefined) void this.#write(`: ${text}\n\n`);
  }

  end(): void {
    if (!this.destroyed) this.push(null);
  }

  override _read(): void {
    this.#go();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#go();
    done(error);
  }

  #write(text: string): Promise<void> | undefined {
    if (this.destroyed || this.push(text)) return undefined;
    this.#behind ??= Promise.withResolvers();
    return this.#behind.promise;
  }

  #go(): void {
    this.#behind?.resolve();
    this.#behind = undefined;
  }
}
