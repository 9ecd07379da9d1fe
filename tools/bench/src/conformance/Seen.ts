/** What is seen of one call: what came to the server, and what came of it for the caller. Times are Unix milliseconds. */

/** What the chaos server saw. */
export interface Journal {
  readonly requests: ReadonlyArray<SeenRequest>;
  /** TCP connections, those without a request included. */
  readonly connections: number;
}

export interface SeenRequest {
  readonly at: number;
  /** Whether its body came whole, and is JSON. */
  readonly whole: boolean;
  /** Whether it carried the caller's key. */
  readonly authorized: boolean;
  /** When its connection was gone before its answer was complete; `null`: it was answered, or waits still. */
  readonly droppedAt: number | null;
}

/** What the caller got. */
export interface Outcome {
  readonly startedAt: number;
  readonly endedAt: number;
  /** `never`: it was still waiting when the run's patience ended. */
  readonly end: "result" | "error" | "never";
  /** The pieces of a stream, in order. */
  readonly tokens: ReadonlyArray<string>;
  readonly error?: SeenError;
}

export interface SeenError {
  /** Its name, code and message. */
  readonly says: string;
  /** What those of its causes say. */
  readonly causes: string;
  /** The HTTP status that it carries as a field. */
  readonly status?: number;
  /** What `console.error` would print of it. */
  readonly printed: string;
}

export interface Seen {
  readonly journal: Journal;
  readonly outcome: Outcome;
}
