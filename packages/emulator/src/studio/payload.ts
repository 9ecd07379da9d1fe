/** A request as Studio has read it: what it checks, and what it sends on to the gateway. */
import type { Reply } from "../Reply.ts";

export interface Payload {
  /** What the schema is held against. */
  readonly checked: unknown;
  /** The body for the gateway. `model_id` is added when the client sent none, and left alone when it is empty. */
  readonly encode: (defaultModel: string) => Promise<Encoded>;
}

export interface Encoded {
  readonly contentType: string;
  readonly bytes: Buffer;
}

export type Read = { readonly ok: true; readonly payload: Payload } | { readonly ok: false; readonly refusal: Reply };

/** Of a `Content-Type` header, without parameters, in lower case. */
export const mediaType = (contentType = ""): string => (contentType.split(";")[0] ?? "").trim().toLowerCase();
