/**
 * Whether a stream of server-sent events is whole. go-livepeer sends no `[DONE]`: its last chunk has a `finish_reason`
 * that is not empty, and whatever ends without one has lost its rest.
 */
import { type Fields, isRecord, parseJson } from "./body.ts";
import { valuesOf } from "./headers.ts";
import type { Headers } from "./Observation.ts";

export interface StreamState {
  /** `[DONE]`, or a `finish_reason`, has come. */
  readonly finished: boolean;
  /** Pieces of text so far. */
  readonly delivered: number;
  /** An error that the stream itself told. */
  readonly error?: unknown;
}

export const isEventStream = (headers: Headers): boolean =>
  /^\s*text\/event-stream\b/i.test(valuesOf(headers, "content-type").join());

export const stateOf = (body: Uint8Array): StreamState => {
  const stream = new EventStream();
  stream.push(body);
  stream.end();
  return stream.state;
};

/** Longer than any event of a chat, in UTF-16 units: a line that never ends must not fill the memory. */
const longestLine = 1_048_576;

/**
 * Reads a stream as it comes, in pieces that may end anywhere: within a line, and within a character. A line
 * of more than 1 MiB is not kept, and told as the stream's error.
 */
export class EventStream {
  readonly #decoder = new TextDecoder();
  readonly #onChunk: ((chunk: Fields) => void) | undefined;
  /** A line that has begun, as it came; joined only once, when it has ended. */
  #pieces: Array<string> = [];
  #length = 0;
  /** The last line ended with a `\r`, of which a `\n` may be the other half. */
  #returned = false;
  #state: StreamState = { finished: false, delivered: 0 };

  /** `onChunk` is told of each event that is a JSON object. */
  constructor(onChunk?: (chunk: Fields) => void) {
    this.#onChunk = onChunk;
  }

  get state(): StreamState {
    return this.#state;
  }

  push(bytes: Uint8Array): void {
    this.#read(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What has come is all: a last line may lack its end. */
  end(): void {
    this.#read(`${this.#decoder.decode()}\n`);
  }

  #read(text: string): void {
    if (text === "") return;
    const [first = "", ...others] = (this.#returned && text.startsWith("\n") ? text.slice(1) : text).split(
      /\r\n|\n|\r/,
    );
    this.#returned = text.endsWith("\r");
    this.#add(first);
    for (const piece of others) {
      this.#endLine();
      this.#add(piece);
    }
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length <= longestLine) this.#pieces.push(piece);
    else {
      this.#pieces = [];
      this.#state = { ...this.#state, error: "it has a line of more than 1 MiB" };
    }
  }

  #endLine(): void {
    const line = this.#pieces.join("");
    this.#pieces = [];
    if (this.#length <= longestLine) this.#line(line);
    this.#length = 0;
  }

  #line(line: string): void {
    if (!line.startsWith("data:")) return;
    const data = line.slice(line[5] === " " ? 6 : 5);
    if (data === "[DONE]") this.#state = { ...this.#state, finished: true };
    const chunk = parseJson(data);
    if (!isRecord(chunk)) return;
    this.#state = afterChunk(this.#state, chunk);
    this.#onChunk?.(chunk);
  }
}

const afterChunk = (state: StreamState, { choices, error }: Fields): StreamState => {
  const all = (Array.isArray(choices) ? choices : []).filter(isRecord);
  // A chunk of another shape is text too, for all that is known.
  const unknown = choices === undefined && error === undefined;
  return {
    finished: state.finished || all.some(({ finish_reason: reason }) => typeof reason === "string" && reason !== ""),
    delivered: state.delivered + (unknown ? 1 : all.filter(hasText).length),
    ...(error === undefined || error === null ? (state.error === undefined ? {} : { error: state.error }) : { error }),
  };
};

/** Whatever a choice adds but its role: text, reasoning, a call of a tool. */
const hasText = ({ delta, text }: Fields): boolean =>
  isFilled(text) ||
  (isRecord(delta) && Object.entries(delta).some(([key, value]) => key !== "role" && isFilled(value)));

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
