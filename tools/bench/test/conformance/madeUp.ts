/** Seen calls that nobody made. Times in milliseconds since the call began. */
import type { Outcome, Seen, SeenError, SeenRequest } from "../../src/conformance/Seen.ts";

const start = 1_766_000_000_000;

export interface MadeUp {
  /** When each request came. */
  readonly requests: ReadonlyArray<number>;
  readonly endMs: number;
  readonly end?: Outcome["end"];
  readonly error?: Partial<SeenError>;
  readonly tokens?: ReadonlyArray<string>;
  readonly connections?: number;
  readonly request?: Partial<SeenRequest>;
  /** When the connections were gone. */
  readonly droppedMs?: number;
}

export const madeUp = ({ requests, endMs, end = "result", error, tokens = [], ...rest }: MadeUp): Seen => ({
  journal: {
    requests: requests.map((at) => ({
      ...{ at: start + at, whole: true, authorized: true },
      droppedAt: rest.droppedMs === undefined ? null : start + rest.droppedMs,
      ...rest.request,
    })),
    connections: rest.connections ?? requests.length,
  },
  outcome: {
    ...{ startedAt: start, endedAt: start + endMs, end, tokens },
    ...(end === "error" ? { error: { says: "", causes: "", printed: "", ...error } } : {}),
  },
});
