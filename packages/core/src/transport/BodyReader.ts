/**
 * Reads a body in parts piece by piece, each when the socket asks for it. One piece is held, and of a file no descriptor is
 * kept open between two of them.
 */
import type { BodyParts } from "./Transport.ts";

/**
 * How much is read of a file at once, in bytes; what is not longer is sent in one piece. Larger ones, and reading ahead,
 * cost memory (`npm run bench -- upload`). Smaller ones cost time, and early answers: one that fills the socket is followed
 * by a wait, in which the socket is read before a write to a gateway that has hung up can fail.
 */
export const pieceBytes = 65_536;

/** In bytes. */
export const lengthOf = (parts: BodyParts): number => parts.reduce((sum, part) => sum + sizeOf(part), 0);

const sizeOf = (part: Uint8Array | Blob): number => (part instanceof Blob ? part.size : part.byteLength);

/** A short body that is in memory, in one piece; `undefined` for another. */
export const joined = (parts: BodyParts): Uint8Array | undefined => {
  const inMemory = parts.filter((part) => part instanceof Uint8Array);
  return inMemory.length === parts.length && lengthOf(parts) <= pieceBytes ? Buffer.concat(inMemory) : undefined;
};

const end = { done: true, value: undefined } as const;

export class BodyReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #pieces: Iterator<() => Uint8Array | Promise<Uint8Array>, undefined>;
  #stopped = false;
  #failed = false;

  constructor(parts: BodyParts) {
    this.#pieces = lengthOf(parts) <= pieceBytes ? [() => whole(parts)].values() : piecesOf(parts);
  }

  /** Whether a part could not be read. */
  get failed(): boolean {
    return this.#failed;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const piece = this.#stopped ? end : this.#pieces.next();
    if (piece.done === true) return end;
    try {
      return { done: false, value: await piece.value() };
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  /** Nothing more is read. */
  stop(): void {
    this.#stopped = true;
  }
}

function* piecesOf(parts: BodyParts): Generator<() => Uint8Array | Promise<Uint8Array>, undefined> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield () => part;
    else for (let at = 0; at < part.size; at += pieceBytes) yield () => bytesOf(part.slice(at, at + pieceBytes));
  }
}

const whole = async (parts: BodyParts): Promise<Uint8Array> =>
  Buffer.concat(await Promise.all(parts.map(async (part) => (part instanceof Blob ? bytesOf(part) : part))));

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
