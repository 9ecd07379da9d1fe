/** How a failure is told in HTTP: each family of routes has clients of its own, which look for what they know. */
import type { Failure } from "./problem.ts";

export interface ErrorFormat {
  /** The body's media type. */
  readonly type: string;
  readonly statusOf: (failure: Failure) => number;
  readonly bodyOf: (failure: Failure, requestId: string) => object;
}

/** The format for a request's target; empty, when a request could not be read so far. */
export type FormatAt = (target: string) => ErrorFormat;
