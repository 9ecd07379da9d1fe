/** The errors that policies are tried with, spelled shortly. */
import {
  ColdOrNoCapacity,
  type ColdSignal,
  ConnectionFailed,
  type ConnectionReason,
  type GatewayError,
  InferenceFailed,
  OutcomeUnknown,
  RateLimited,
  StreamTruncated,
} from "../../src/index.ts";
import { subject, url } from "../wire.ts";

/** A wish of the gateway, as its error carries it. */
const wish = (retryAfterMs: number | undefined) => (retryAfterMs === undefined ? {} : { retryAfterMs });

export const unavailable = (signal: ColdSignal, retryAfterMs?: number): GatewayError =>
  new ColdOrNoCapacity({ ...subject, signal, status: signal === "closed" ? null : 503, ...wish(retryAfterMs) });

export const limitedFor = (retryAfterMs?: number): GatewayError =>
  new RateLimited({ ...subject, ...wish(retryAfterMs) });

export const unsent = (reason: ConnectionReason): GatewayError => new ConnectionFailed({ ...subject, reason, url });

export const truncatedAfter = (delivered: number): GatewayError => new StreamTruncated({ ...subject, delivered });

export const cold = unavailable("unavailable");
export const closed = unavailable("closed");
export const limited = limitedFor();
export const refused = unsent("refused");
export const failed: GatewayError = new InferenceFailed({ ...subject, status: 500 });
export const unknown: GatewayError = new OutcomeUnknown({ ...subject, status: null });
