/** A capability of one's own (BYOC), and how the worker behind it behaves. */

export interface ByocCapability {
  /**
   * `echo`, the default: JSON with what it was sent. `stream`: the words that it was sent, as events, then `[DONE]`. A
   * number from 400 to 599: an error with that status.
   */
  readonly answers?: "echo" | "stream" | number;
  /** How many jobs each of the two orchestrators runs at once. Default: any number. */
  readonly capacity?: number;
  /** How long a job takes, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
}
