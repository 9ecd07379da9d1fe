/** One failure of each kind, made as the packages make them. */
import * as errors from "../../src/index.ts";
import { subject, url } from "../wire.ts";

export const oneOfEach = {
  Aborted: new errors.Aborted(subject),
  BudgetExceeded: new errors.BudgetExceeded({
    ...subject,
    budget: "daily",
    quotedUsd: "0.019922944",
    remainingUsd: "0.01",
    limitUsd: "30",
    resetsAt: "2026-11-23T00:00:00.000Z",
  }),
  CircuitOpen: new errors.CircuitOpen({
    ...subject,
    failures: 5,
    retryAfterMs: 30_000,
    retryAt: "2026-11-22T12:00:30.000Z",
  }),
  ColdOrNoCapacity: new errors.ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 }),
  ConnectionFailed: new errors.ConnectionFailed({ ...subject, reason: "refused", url }),
  DeadlineExceeded: new errors.DeadlineExceeded({ ...subject, deadlineMs: 300_000, inFlight: true }),
  EmptyResult: new errors.EmptyResult(subject),
  FileNotWritten: new errors.FileNotWritten({ ...subject, path: "out/a.png", url, reason: "the disk is full" }),
  Forbidden: new errors.Forbidden({ ...subject, detail: "user is suspended" }),
  InferenceFailed: new errors.InferenceFailed({ ...subject, status: 500 }),
  InvalidConfiguration: new errors.InvalidConfiguration({
    ...subject,
    fields: [{ path: "gateway", message: "is unknown" }],
  }),
  InvalidRequest: new errors.InvalidRequest({
    ...subject,
    status: null,
    fields: [{ path: "prompt", message: "is required" }],
  }),
  MalformedResponse: new errors.MalformedResponse({ ...subject, status: 200, reason: "the body is a web page" }),
  MediaUnavailable: new errors.MediaUnavailable({ ...subject, url, status: 404 }),
  OutcomeUnknown: new errors.OutcomeUnknown({ ...subject, status: null }),
  PayloadTooLarge: new errors.PayloadTooLarge({ ...subject, status: 413 }),
  PaymentRequired: new errors.PaymentRequired(subject),
  PipelineNotOffered: new errors.PipelineNotOffered({ ...subject, url }),
  PipelineRetired: new errors.PipelineRetired(subject),
  PolicyRefused: new errors.PolicyRefused({
    ...subject,
    rule: "no-development-gateway",
    reason: "the development gateway is not for production",
    remedy: "Choose another gateway, or run in another environment than production.",
  }),
  PriceExceeded: new errors.PriceExceeded({ ...subject, quotedUsd: "0.019922944", maxCostUsd: "0.01" }),
  RateLimited: new errors.RateLimited({ ...subject, retryAfterMs: 2000, retryAt: "2026-11-22T12:00:02.000Z" }),
  StreamTruncated: new errors.StreamTruncated({ ...subject, pipeline: "llm", delivered: 3 }),
  Unauthorized: new errors.Unauthorized(subject),
  UnsupportedMedia: new errors.UnsupportedMedia({ ...subject, status: 415 }),
} satisfies { readonly [Tag in errors.GatewayErrorTag]: Extract<errors.GatewayError, { readonly _tag: Tag }> };

export const family: ReadonlyArray<errors.GatewayError> = Object.values(oneOfEach);
