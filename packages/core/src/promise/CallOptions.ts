/** What one call may set of its own. */
import type { CallOptions as EffectCallOptions } from "../pipelines/readyCall.ts";
import type { VideoOptions as EffectVideoOptions } from "../pipelines/callVideo.ts";

export interface Fetching {
  /** Ends the call, its waits and its sockets; the promise rejects with `Aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface CallOptions extends EffectCallOptions, Fetching {}

export interface VideoOptions extends EffectVideoOptions, Fetching {}
