import { failure } from "../Failure.ts";

/** 429. `retryAfterMs` and `retryAt` (ISO 8601, UTC) when the gateway said how long to wait. */
export class RateLimited extends failure("RateLimited")<{
  readonly retryAfterMs?: number;
  readonly retryAt?: string;
}>({
  code: "SLUICE-429-RATE-LIMITED",
  message: ({ gateway, retryAfterMs, retryAt }) =>
    `${gateway} limits the rate of requests${
      retryAfterMs === undefined ? "" : `; it takes the next one in ${retryAfterMs / 1000} s, at ${retryAt}`
    }.`,
  fix: ({ retryAt }) =>
    `${retryAt === undefined ? "Send fewer requests at once" : `Come back at ${retryAt}`}, or ask the gateway's operator for a higher limit.`,
  retryable: true,
  mayHaveRun: false,
}) {}
