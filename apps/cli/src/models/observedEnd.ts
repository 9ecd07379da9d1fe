/** What the end of a probe's call says of warmth. */
import type { GatewayError } from "@sluice/errors";
import type { ColdSignal } from "@sluice/errors";

/** `undefined`: nothing; it failed for another reason, which is the failure of the probing. */
export const outcomeOf = (error: GatewayError): ColdSignal | undefined =>
  error._tag === "ColdOrNoCapacity" ? error.signal : undefined;
