/** A batch pipeline as the gateway serves it: how it reads a request, and who answers it. */
import * as Effect from "effect/Effect";
import { goError } from "../Reply.ts";
import { decodeJson } from "./goDecode.ts";
import { readForm } from "./goForm.ts";
import type { GoStruct, ParamsOf } from "./goStruct.ts";
import type { Incoming } from "./Incoming.ts";
import type { Orchestra, Replying } from "./Orchestra.ts";

export interface BatchRequest {
  /** For the journal; `undefined` when there was nothing to read, or too much to keep. */
  readonly body: unknown;
  /** Whether the answer is to be a stream of tokens. */
  readonly streams: boolean;
  /** Whether the gateway would take it on to answer it later: it could be read, and names a model. */
  readonly canWait: boolean;
  readonly answer: (orchestra: Orchestra) => Replying;
}

export type Batch = (incoming: Incoming) => Effect.Effect<BatchRequest>;

/** Longer bodies, which may nest too deeply to be written out, are not kept in the journal. In characters. */
const longestNoted = 8_192;

const refusal = (message: string) => () => Effect.succeed(goError(400, message));

export const jsonBatch =
  <S extends GoStruct>(struct: S, serve: (orchestra: Orchestra, params: ParamsOf<S>) => Replying): Batch =>
  ({ bytes }) =>
    Effect.map(bytes, (raw) => {
      const text = raw.toString("utf8");
      const decoded = decodeJson(struct, text);
      const body = text.length <= longestNoted ? decoded.body : undefined;
      if (!decoded.ok) return { body, streams: false, canWait: false, answer: refusal(decoded.message) };
      const { params } = decoded;
      const { stream } = params as { readonly stream?: unknown };
      return { body, streams: stream === true, canWait: true, answer: (orchestra) => serve(orchestra, params) };
    });

/** `file` names the field with the file. */
export const formBatch =
  <S extends GoStruct>(
    struct: S,
    file: string,
    serve: (orchestra: Orchestra, params: ParamsOf<S>, file: Buffer) => Replying,
  ): Batch =>
  (incoming) =>
    Effect.map(readForm(struct, file, incoming), (bound) => {
      const body = JSON.stringify(bound.body ?? null).length <= longestNoted ? bound.body : undefined;
      if (!bound.ok) return { body, streams: false, canWait: false, answer: refusal(bound.message) };
      const { params, file: content } = bound;
      const canWait = "model_id" in params;
      return { body, streams: false, canWait, answer: (orchestra) => serve(orchestra, params, content) };
    });
