/** What one call may set of its own. */
import type { CallOptions as EffectCallOptions } from "../pipelines/callPipeline.ts";

export interface CallOptions extends EffectCallOptions {
  /** Ends the call, its waits and its sockets; the promise rejects with `Aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface VideoOptions extends CallOptions {
  /**
   * Ask for the video's job, and then for its result, instead of holding a connection for minutes: `Prefer:
   * respond-async`, which go-livepeer knows. The job is not cancelled by an abort.
   */
  readonly respondAsync?: boolean | undefined;
}

export interface Fetching {
  readonly signal?: AbortSignal | undefined;
}
