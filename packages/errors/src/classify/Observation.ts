/** What was seen on the wire: the input of `classify`. */
import type { ConnectionReason } from "../failures/ConnectionFailed.ts";
import type { Subject } from "../Failure.ts";
import type { GatewayError } from "../GatewayError.ts";
import type { StreamState } from "./eventStream.ts";

/**
 * Whose habits the answer follows: a go-livepeer gateway, Livepeer Studio, or an ai-runner (FastAPI) called directly.
 * `generic` assumes nothing beyond HTTP. Error bodies of each are understood in all.
 */
export type Dialect = "go-livepeer" | "studio" | "runner" | "generic";

/** As undici and `Object.fromEntries(response.headers)` give them. */
export type Headers = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>;

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  /** The whole body of a success. Of a failure, the first 16 KiB are enough. */
  readonly body: Uint8Array;
  /** Of a token stream that was read as it came: what became of it, instead of its body. */
  readonly stream?: StreamState;
}

/**
 * No usable answer:
 * - `unsent`: the request never left;
 * - `closed`: it left, and the connection ended before an answer began;
 * - `cut`: the answer broke off; what had come of it tells a stream from the rest;
 * - `unreadable`: what came was not HTTP, or more than the caller takes;
 * - `unfinished`: the request could not be sent to its end, because a file in it could not be read to its end;
 * - `dropped`: what takes the body of the answer gave it up, or the host was not to be asked, and the error says why.
 */
export type Break =
  | { readonly kind: "unsent"; readonly reason: ConnectionReason; readonly cause?: unknown }
  | { readonly kind: "closed"; readonly cause?: unknown }
  | {
      readonly kind: "cut";
      readonly status: number;
      readonly headers?: Headers;
      readonly body?: Uint8Array;
      readonly stream?: StreamState;
      readonly cause?: unknown;
    }
  | {
      readonly kind: "unreadable";
      readonly status: number | null;
      readonly reason: string;
      /** Where it was more than the caller takes: how much that is, in bytes. */
      readonly limitBytes?: number;
      readonly cause?: unknown;
    }
  | { readonly kind: "unfinished"; readonly cause?: unknown }
  | {
      readonly kind: "dropped";
      /** `null` where there was no answer. */
      readonly status: number | null;
      readonly error: GatewayError;
      readonly cause?: unknown;
    };

export interface Observation {
  readonly subject: Subject;
  readonly url: string;
  readonly wire: Answer | Break;
  /** How long the attempt took, in milliseconds: a socket that go-livepeer closes after long work closes for another reason. */
  readonly elapsedMs?: number;
  /** What a success is made of: a JSON object or a finished token stream (the default), or any bytes, as media are. */
  readonly expects?: "json" | "bytes";
  /** The request's fields, so that a refused one can be told with what was sent in it. */
  readonly input?: unknown;
  /** Unix time in milliseconds, for `Retry-After` dates. */
  readonly now: number;
  /** What must not appear in an error: the caller's key. */
  readonly secrets: ReadonlyArray<string>;
}
