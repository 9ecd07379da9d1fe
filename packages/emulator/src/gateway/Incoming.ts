/** A request on its way in, whoever speaks HTTP. */
import type * as Effect from "effect/Effect";
import type { IncomingHttpHeaders } from "node:http";

export interface Incoming {
  readonly method: string;
  readonly path: string;
  /** The key behind `Bearer`, or nothing. */
  readonly key: string;
  /** Names in lower case. */
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** The whole body. */
  readonly bytes: Effect.Effect<Buffer>;
  readonly noteBody: (body: unknown) => void;
  /** What the network metered, when it is known only after the answer. */
  readonly noteUnits: (units: number) => void;
}
