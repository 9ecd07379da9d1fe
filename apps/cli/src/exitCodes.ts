/** The exit codes, as documented in the README. */
import type { GatewayErrorTag } from "@sluice/errors";

export const exitCodes = {
  unexpected: 1,
  usage: 2,
  partial: 3,
  permission: 4,
  invalid: 5,
  rateLimited: 6,
  unavailable: 7,
  deadline: 8,
  price: 9,
  findings: 10,
  interrupted: 130,
} as const;

const byTag: Readonly<Record<GatewayErrorTag, number>> = {
  Aborted: exitCodes.interrupted,
  BudgetExceeded: exitCodes.price,
  CircuitOpen: exitCodes.unavailable,
  ColdOrNoCapacity: exitCodes.unavailable,
  ConnectionFailed: exitCodes.unavailable,
  DeadlineExceeded: exitCodes.deadline,
  EmptyResult: exitCodes.unavailable,
  FileNotWritten: exitCodes.unexpected,
  Forbidden: exitCodes.permission,
  InferenceFailed: exitCodes.unavailable,
  InvalidConfiguration: exitCodes.usage,
  InvalidRequest: exitCodes.invalid,
  MalformedResponse: exitCodes.unavailable,
  MediaUnavailable: exitCodes.unavailable,
  OutcomeUnknown: exitCodes.unavailable,
  PayloadTooLarge: exitCodes.invalid,
  PaymentRequired: exitCodes.permission,
  PipelineNotOffered: exitCodes.invalid,
  PipelineRetired: exitCodes.invalid,
  PolicyRefused: exitCodes.permission,
  PriceExceeded: exitCodes.price,
  RateLimited: exitCodes.rateLimited,
  StreamTruncated: exitCodes.unavailable,
  Unauthorized: exitCodes.permission,
  UnsupportedMedia: exitCodes.invalid,
};

export const exitCodeOf = (tag: GatewayErrorTag): number => byTag[tag];
