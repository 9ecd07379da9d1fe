/**
 * The fields `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers), lists of RFC 9651. `r` is what is
 * left, and `t` the time in which there is no more than that: the seconds until another unit is there. Beside a Retry-After
 * the draft wants `t` to be the same moment, so that a refused policy has the refusal's time.
 */

export interface Quota {
  readonly policy: string;
  readonly limit: number;
  readonly left: number;
  /** Milliseconds until there is another unit. Absent: of requests under way, which have no window. */
  readonly moreInMs?: number;
}

export interface RateLimitFields {
  readonly "RateLimit-Policy"?: string;
  readonly RateLimit?: string;
}

interface Refusal {
  readonly policy: string;
  readonly retryAfterMs?: number;
}

/** Neither field without quotas: an empty list is not sent. */
export const rateLimitFields = (quotas: ReadonlyArray<Quota>, refusal?: Refusal): RateLimitFields =>
  quotas.length === 0
    ? {}
    : {
        "RateLimit-Policy": quotas.map(policyOf).join(", "),
        RateLimit: quotas.map((quota) => stateOf(quota, refusal)).join(", "),
      };

/** As a Retry-After rounds: up, so that whoever waits so long does not come too early. */
export const secondsOf = (ms: number): number => Math.ceil(ms / 1_000);

const policyOf = ({ policy, limit, moreInMs }: Quota): string =>
  `"${policy}";q=${limit};${moreInMs === undefined ? 'qu="concurrent-requests"' : "w=60"}`;

const stateOf = ({ policy, left, moreInMs }: Quota, refusal: Refusal | undefined): string => {
  const ms = refusal?.policy === policy ? refusal.retryAfterMs : moreInMs;
  return `"${policy}";r=${left}${ms === undefined ? "" : `;t=${secondsOf(ms)}`}`;
};
