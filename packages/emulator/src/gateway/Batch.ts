/** A batch pipeline as the gateway serves it: how it reads a request, and who answers it. */
import * as Effect from "effect/Effect";
import { goError, type Reply } from "../Reply.ts";
import { decodeJson } from "./goDecode.ts";
import { readForm } from "./goForm.ts";
import type { GoStruct, ParamsOf } from "./goStruct.ts";
import type { Incoming } from "./Incoming.ts";
import type { Orchestra } from "./Orchestra.ts";

export interface BatchRequest {
  /** For the journal; `undefined` when there was nothing to read, or too much to keep. */
  readonly body: unknown;
  readonly answer: (orchestra: Orchestra) => Effect.Effect<Reply>;
}

export type Batch = (incoming: Incoming) => Effect.Effect<BatchRequest>;

/** Longer bodies, which may nest too deeply to be written out, are not kept in the journal. In characters. */
const longestNoted = 8_192;

const refusal = (message: string) => () => Effect.succeed(goError(400, message));

export const jsonBatch =
  <S extends GoStruct>(struct: S, serve: (orchestra: Orchestra, params: ParamsOf<S>) => Effect.Effect<Reply>): Batch =>
  ({ bytes }) =>
    Effect.map(bytes, (raw) => {
      const text = raw.toString("utf8");
      const decoded = decodeJson(struct, text);
      const body = text.length <= longestNoted ? decoded.body : undefined;
      if (!decoded.ok) return { body, answer: refusal(decoded.message) };
      return { body, answer: (orchestra) => serve(orchestra, decoded.params) };
    });

/** `file` names the field with the file. */
export const formBatch =
  <S extends GoStruct>(
    struct: S,
    file: string,
    serve: (orchestra: Orchestra, params: ParamsOf<S>, file: Buffer) => Effect.Effect<Reply>,
  ): Batch =>
  (incoming) =>
    Effect.map(readForm(struct, file, incoming), (bound) => {
      const body = JSON.stringify(bound.body ?? null).length <= longestNoted ? bound.body : undefined;
      if (!bound.ok) return { body, answer: refusal(bound.message) };
      return { body, answer: (orchestra) => serve(orchestra, bound.params, bound.file) };
    });
