/** Which failures of one leg another may better, and which of several is worth waiting for. */
import { type GatewayError, type GatewayErrorTag, RetryPolicy } from "@sluice/errors";

/** What another gateway, or another model, may do better. */
const better: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>([
  "CircuitOpen",
  "ColdOrNoCapacity",
  "ConnectionFailed",
  "PipelineNotOffered",
  "PipelineRetired",
]);

/** A leg that is not what the request needs does not become so. */
const forGood: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>(["PipelineNotOffered", "PipelineRetired"]);

/** The more patient the policy of an error, the more it is worth waiting for; and what may pass, more than what may not. */
const patience: ReadonlyArray<RetryPolicy.PolicyName | undefined> = ["cold", "noCapacity", "connection"];

/** The less, the more. `leftMs`: until the deadline. */
const worth = (error: GatewayError, leftMs: number): number => {
  // To come back after the deadline is worth nothing as long as another may be waited for.
  if ((error.retryAfterMs ?? 0) >= leftMs) return patience.length + 2;
  const rank = patience.indexOf(RetryPolicy.nameFor(error));
  if (rank !== -1) return rank;
  return error.retryable ? patience.length : patience.length + 1;
};

/** Whether another leg is tried. */
export const failsOver = ({ _tag: tag }: GatewayError): boolean => better.has(tag);

/** Whether the leg is not tried again. */
export const isForGood = ({ _tag: tag }: GatewayError): boolean => forGood.has(tag);

/** Of the errors of a round, at least one, that which is most worth waiting for; of equal ones the first. */
export const mostWorth = (errors: ReadonlyArray<GatewayError>, leftMs: number): GatewayError => {
  const [best] = errors.toSorted((a, b) => worth(a, leftMs) - worth(b, leftMs));
  return best as GatewayError;
};
