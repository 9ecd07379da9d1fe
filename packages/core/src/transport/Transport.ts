/** One HTTP request and its answer, with no opinion about what the answer means. */
import type { Answer, Break } from "@sluice/errors";
import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";

export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The longest body taken, in bytes. */
  readonly maxBytes: number;
  /** Told when a connection takes the request: from here on the gateway may act on it. */
  readonly onSent?: () => void;
}

/** Fails with the way the exchange broke. Interrupting `send` aborts the request and frees its socket. */
export class Transport extends Context.Service<
  Transport,
  { readonly send: (request: WireRequest) => Effect.Effect<Answer, Break> }
>()("@sluice/core/Transport") {}
