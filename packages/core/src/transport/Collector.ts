/** What comes of one answer's body: collected, or handed on as it comes, and never more than the caller takes. */
import type { Break } from "@sluice/errors";

/** Of a body that is handed on, so much is kept: enough to tell what came. In bytes. */
export const tellingBytes = 64;

export class Collector {
  readonly #status: number;
  readonly #maxBytes: number;
  readonly #receiver: ((chunk: Uint8Array) => void) | undefined;
  readonly #chunks: Array<Uint8Array> = [];
  #length = 0;

  constructor(status: number, maxBytes: number, receiver: ((chunk: Uint8Array) => void) | undefined) {
    this.#status = status;
    this.#maxBytes = maxBytes;
    this.#receiver = receiver;
  }

  /** The way the exchange breaks, when the body is longer than is taken. */
  take(chunk: Uint8Array): Break | undefined {
    if (this.#receiver === undefined || this.#length < tellingBytes) this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
    if (this.#length > this.#maxBytes) {
      const reason = `its answer is longer than ${this.#maxBytes} bytes`;
      return { kind: "unreadable", status: this.#status, reason, limitBytes: this.#maxBytes };
    }
    this.#receiver?.(chunk);
    return undefined;
  }

  /** What was collected, or the first bytes of what was handed on. */
  get body(): Uint8Array {
    return joined(this.#chunks);
  }
}

/** One after the other; a single one is not copied. */
export const joined = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
};
