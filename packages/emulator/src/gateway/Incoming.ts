/** A request on its way in, whoever speaks HTTP. */
import type * as Effect from "effect/Effect";
import type { IncomingHttpHeaders } from "node:http";

/** Where a request arrived: at the gateway; at the store of results; or where a redirect sent it, another machine. */
export type Place = "gateway" | "store" | "elsewhere";

export interface Incoming {
  readonly place: Place;
  /** Where it is on its way through Studio; without Studio, a fault of either side hits it. */
  readonly side?: "in front" | "behind";
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
