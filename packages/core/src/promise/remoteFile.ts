/** A result's file with the methods that fetch it. */
import type { Media } from "../pipelines/Results.ts";
import type { Gateway } from "./Gateway.ts";
import { bytes, stream } from "./media.ts";
import type { RemoteFile } from "./PromiseResults.ts";

export const remoteFile = (gateway: Gateway, media: Media): RemoteFile => ({
  ...media,
  bytes: (options) => bytes(gateway, media, options),
  stream: (options) => stream(gateway, media, options),
});
