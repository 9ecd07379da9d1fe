/** Told what is known of a call that was interrupted: an interruption itself carries nothing. */
import type { Circumstances } from "@sluice/errors";
import * as Context from "effect/Context";

export interface Interrupted extends Circumstances {
  /** A request was with the gateway. */
  readonly inFlight: boolean;
}

export const OnInterrupted = Context.Reference<(call: Interrupted) => void>("@sluice/core/OnInterrupted", {
  defaultValue: () => () => undefined,
});
