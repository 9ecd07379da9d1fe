/** What went wrong at a Livepeer AI gateway, and whether to try again. */
export { classify } from "./classify/classify.ts";
export type { Answer, Break, Dialect, Headers, Observation } from "./classify/Observation.ts";
export { jsonOf } from "./classify/body.ts";
export { redact } from "./classify/redact.ts";
export { retryAfterMs } from "./classify/RetryAfter.ts";
export { withSent } from "./classify/sent.ts";
export type { Attempt, Circumstances, FailureFields, Subject } from "./Failure.ts";
export { Aborted } from "./failures/Aborted.ts";
export { ColdOrNoCapacity, type ColdSignal } from "./failures/ColdOrNoCapacity.ts";
export { ConnectionFailed, type ConnectionReason } from "./failures/ConnectionFailed.ts";
export { DeadlineExceeded } from "./failures/DeadlineExceeded.ts";
export { EmptyResult } from "./failures/EmptyResult.ts";
export { FileNotWritten } from "./failures/FileNotWritten.ts";
export { Forbidden, type ForbiddenReason } from "./failures/Forbidden.ts";
export { InferenceFailed } from "./failures/InferenceFailed.ts";
export { InvalidConfiguration } from "./failures/InvalidConfiguration.ts";
export { type FieldError, InvalidRequest } from "./failures/InvalidRequest.ts";
export { MalformedResponse } from "./failures/MalformedResponse.ts";
export { MediaUnavailable } from "./failures/MediaUnavailable.ts";
export { OutcomeUnknown } from "./failures/OutcomeUnknown.ts";
export { PipelineNotOffered } from "./failures/PipelineNotOffered.ts";
export { PipelineRetired } from "./failures/PipelineRetired.ts";
export { PriceExceeded } from "./failures/PriceExceeded.ts";
export { RateLimited } from "./failures/RateLimited.ts";
export { Unauthorized, type UnauthorizedReason } from "./failures/Unauthorized.ts";
export { BudgetExceeded } from "./failures/BudgetExceeded.ts";
export { PayloadTooLarge } from "./failures/PayloadTooLarge.ts";
export { PaymentRequired } from "./failures/PaymentRequired.ts";
export { PolicyRefused } from "./failures/PolicyRefused.ts";
export { StreamTruncated } from "./failures/StreamTruncated.ts";
export { UnsupportedMedia } from "./failures/UnsupportedMedia.ts";
export { type GatewayError, type GatewayErrorTag, isGatewayError } from "./GatewayError.ts";
export { Deadline } from "./policy/Deadline.ts";
export {
  type ExplainOptions,
  type Explanation,
  explain,
  formatExplanation,
  type Range,
  type Retry,
} from "./policy/explain.ts";
export type { Policy } from "./policy/parts.ts";
export * as RetryBucket from "./policy/RetryBucket.ts";
export * as RetryPolicy from "./policy/RetryPolicy.ts";
