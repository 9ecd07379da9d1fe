/** The files of results, as promises. Fetch them soon: gateways keep few files, for a short time. */
import { type GatewayError, isGatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Download } from "../media/Download.ts";
import { downloadOf } from "../media/downloadOf.ts";
import { mediaBytes } from "../media/mediaBytes.ts";
import { mediaStream } from "../media/mediaStream.ts";
import type { Media } from "../pipelines/Results.ts";
import type { Fetching } from "./CallOptions.ts";
import { type Gateway, partsOf } from "./Gateway.ts";

type Fetch<A> = (download: Download) => Effect.Effect<A, GatewayError>;

export const fetchWith = <A>(
  gateway: Gateway,
  media: Pick<Media, "url">,
  fetch: Fetch<A>,
  { signal }: Fetching = {},
): Promise<A> => {
  const { engine, runner } = partsOf(gateway);
  const download = downloadOf(engine, media);
  return runner.run("download", isGatewayError(download) ? Effect.fail(download) : fetch(download), signal);
};

/** Downloads it into memory. */
export const bytes = (gateway: Gateway, media: Pick<Media, "url">, options?: Fetching): Promise<Uint8Array> =>
  fetchWith(gateway, media, mediaBytes, options);

/**
 * Downloads it as it comes: succeeds when its first bytes have come. What goes wrong later errors the stream, with a
 * `GatewayError`: `Aborted` when the signal, or the end of the client, has ended it.
 */
export const stream = (
  gateway: Gateway,
  media: Pick<Media, "url">,
  { signal }: Fetching = {},
): Promise<ReadableStream<Uint8Array>> => {
  const { engine, runner } = partsOf(gateway);
  const download = downloadOf(engine, media);
  if (isGatewayError(download)) return Promise.reject(download);
  return mediaStream(download, (call) => runner.start("download", call, signal));
};
