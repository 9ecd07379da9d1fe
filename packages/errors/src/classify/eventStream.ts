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

/** Reads a stream as it comes, in pieces that may end anywhere: within a line, and within a character. */
export class EventStream {
  readonly #decoder = new TextDecoder();
  readonly #onChunk: ((chunk: Fields) => void) | undefined;
  /** A line that has begun. */
  #rest = "";
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
    // A `\r` at the end may be half of a line's end.
    const half = this.#rest.endsWith("\r");
    const [first = "", ...lines] = (half ? `\r${text}` : text).split(/\r\n|\n|\r(?!$)/);
    lines.unshift((half ? this.#rest.slice(0, -1) : this.#rest) + first);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
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
