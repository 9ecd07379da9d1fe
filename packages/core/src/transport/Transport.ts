/** One HTTP request and its answer, with no opinion about what the answer means. */
import type { Answer, Break, GatewayError, Headers } from "@sluice/errors";
import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";

export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or a body in parts; the transport adds its length. */
  readonly body?: string | BodyParts;
  /** The longest body taken, in bytes. */
  readonly maxBytes: number;
  /** Told when a connection takes the request: from here on the gateway may act on it. */
  readonly onSent?: () => void;
  /**
   * Takes the body of an answer as it comes; the `Answer` then has its first bytes alone, at least 64, or all: enough to
   * tell what came. Without it, bodies are collected.
   */
  readonly receive?: Receive;
  /** Set where a gateway has named the origin, and it is not its own. */
  readonly foreign?: Foreign;
}

/**
 * What a gateway names may lead where only its caller can go: on Node, an address inside a network is refused, unless a
 * gateway has one itself. (A page goes where its browser lets it.)
 */
export interface Foreign {
  /** The host names of the client's gateways. */
  readonly gateways: ReadonlyArray<string>;
  /** Why the address is not asked. */
  readonly refusal: (address: string) => GatewayError;
}

/** A body whose parts follow one another on the wire. A Blob of a file is read from disk while it is sent, never whole. */
export type BodyParts = ReadonlyArray<Uint8Array | Blob>;

/**
 * Asked when an answer's head has come, in each attempt anew: what takes its body, or `undefined` for one that is to be
 * collected.
 */
export type Receive = (
  head: { readonly status: number; readonly headers: Headers },
  flow: Flow,
) => ((chunk: Uint8Array) => void) | undefined;

/** Holds back the sender while what has come is worked off. */
export interface Flow {
  readonly pause: () => void;
  readonly resume: () => void;
  /** Hangs up, for a reason of the receiver's own. Once the answer has ended, it does nothing. */
  readonly stop: (error: GatewayError) => void;
}

/** Fails with the way the exchange broke. Interrupting `send` aborts the request and frees its socket. */
export class Transport extends Context.Service<
  Transport,
  { readonly send: (request: WireRequest) => Effect.Effect<Answer, Break> }
>()("@sluice/core/Transport") {}
