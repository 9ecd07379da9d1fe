/** The family as one type, told apart by `_tag`. */
import { isFailure } from "./Failure.ts";
import type { Aborted } from "./failures/Aborted.ts";
import type { BudgetExceeded } from "./failures/BudgetExceeded.ts";
import type { CircuitOpen } from "./failures/CircuitOpen.ts";
import type { ColdOrNoCapacity } from "./failures/ColdOrNoCapacity.ts";
import type { ConnectionFailed } from "./failures/ConnectionFailed.ts";
import type { DeadlineExceeded } from "./failures/DeadlineExceeded.ts";
import type { EmptyResult } from "./failures/EmptyResult.ts";
import type { FileNotWritten } from "./failures/FileNotWritten.ts";
import type { Forbidden } from "./failures/Forbidden.ts";
import type { InferenceFailed } from "./failures/InferenceFailed.ts";
import type { InvalidConfiguration } from "./failures/InvalidConfiguration.ts";
import type { InvalidRequest } from "./failures/InvalidRequest.ts";
import type { MalformedResponse } from "./failures/MalformedResponse.ts";
import type { MediaUnavailable } from "./failures/MediaUnavailable.ts";
import type { OutcomeUnknown } from "./failures/OutcomeUnknown.ts";
import type { PayloadTooLarge } from "./failures/PayloadTooLarge.ts";
import type { PaymentRequired } from "./failures/PaymentRequired.ts";
import type { PipelineNotOffered } from "./failures/PipelineNotOffered.ts";
import type { PipelineRetired } from "./failures/PipelineRetired.ts";
import type { PolicyRefused } from "./failures/PolicyRefused.ts";
import type { PriceExceeded } from "./failures/PriceExceeded.ts";
import type { RateLimited } from "./failures/RateLimited.ts";
import type { StreamTruncated } from "./failures/StreamTruncated.ts";
import type { Unauthorized } from "./failures/Unauthorized.ts";
import type { UnsupportedMedia } from "./failures/UnsupportedMedia.ts";

export type GatewayError =
  | Aborted
  | BudgetExceeded
  | CircuitOpen
  | ColdOrNoCapacity
  | ConnectionFailed
  | DeadlineExceeded
  | EmptyResult
  | FileNotWritten
  | Forbidden
  | InferenceFailed
  | InvalidConfiguration
  | InvalidRequest
  | MalformedResponse
  | MediaUnavailable
  | OutcomeUnknown
  | PayloadTooLarge
  | PaymentRequired
  | PipelineNotOffered
  | PipelineRetired
  | PolicyRefused
  | PriceExceeded
  | RateLimited
  | StreamTruncated
  | Unauthorized
  | UnsupportedMedia;

export type GatewayErrorTag = GatewayError["_tag"];

/** Whether a caught value is a `GatewayError`, and one of the given tags if any are given. */
export const isGatewayError = <Tag extends GatewayErrorTag = GatewayErrorTag>(
  value: unknown,
  ...tags: ReadonlyArray<Tag>
): value is Extract<GatewayError, { readonly _tag: Tag }> =>
  isFailure(value) && (tags.length === 0 || (tags as ReadonlyArray<string>).includes(value._tag));
