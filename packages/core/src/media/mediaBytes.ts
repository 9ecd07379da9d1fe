/** A result's file in memory. */
import type { GatewayError } from "@sluice/errors";
import type * as Effect from "effect/Effect";
import { type Download, download } from "./Download.ts";

/** In milliseconds, for the file exists already and a gateway that needs longer is not serving it; and bytes, 64 MiB. */
const usual = { timeoutMs: 60_000, maxBytes: 67_108_864 };

export const mediaBytes = (media: Download): Effect.Effect<Uint8Array, GatewayError> => download(media, usual);
