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

export const stateOf = (text: string): StreamState =>
  text.split(/\r\n|\r|\n/).reduce(afterLine, { finished: false, delivered: 0 });

const afterLine = (state: StreamState, line: string): StreamState => {
  const data = /^data: ?(.*)$/s.exec(line)?.[1];
  if (data === undefined) return state;
  if (data === "[DONE]") return { ...state, finished: true };
  const chunk = parseJson(data);
  return isRecord(chunk) ? afterChunk(state, chunk) : state;
};

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
