/** What was seen on the wire: the input of `classify`. */
import type { ConnectionReason } from "../failures/ConnectionFailed.ts";
import type { Subject } from "../Failure.ts";

/** Whose habits the answer follows. `generic` assumes nothing beyond HTTP. */
export type Dialect = "go-livepeer" | "studio" | "generic";

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>;
  readonly body: Uint8Array;
}

/**
 * No usable answer:
 * - `unsent`: the request never left;
 * - `closed`: it left, and the connection ended before an answer began;
 * - `cut`: the answer broke off;
 * - `unreadable`: what came was not HTTP, or more than the caller takes.
 */
export type Break =
  | { readonly kind: "unsent"; readonly reason: ConnectionReason; readonly cause?: unknown }
  | { readonly kind: "closed"; readonly cause?: unknown }
  | { readonly kind: "cut"; readonly status: number; readonly cause?: unknown }
  | {
      readonly kind: "unreadable";
      readonly status: number | null;
      readonly reason: string;
      readonly cause?: unknown;
    };

export interface Observation {
  readonly subject: Subject;
  readonly url: string;
  readonly wire: Answer | Break;
  /** Unix time in milliseconds, for `Retry-After` dates. */
  readonly now: number;
  /** What must not appear in an error: the caller's key. */
  readonly secrets: ReadonlyArray<string>;
}
