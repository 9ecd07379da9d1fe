import { failure } from "../Failure.ts";

/** 429. `retryAfterMs` and `retryAt` when the gateway said how long to wait. */
export class RateLimited extends failure("RateLimited")({
  code: "SLUICE-429-RATE-LIMITED",
  message: ({ gateway, retryAfterMs, retryAt }) =>
    `${gateway} limits the rate of requests${
      retryAfterMs === undefined
        ? ""
        : `; it takes the next one in ${retryAfterMs / 1000} s${retryAt === undefined ? "" : `, at ${retryAt}`}`
    }.`,
  fix: ({ retryAt }) =>
    `${retryAt === undefined ? "Send fewer requests at once" : `Come back at ${retryAt}`}, or ask the gateway's operator for a higher limit.`,
  retryable: true,
  mayHaveRun: false,
}) {}
