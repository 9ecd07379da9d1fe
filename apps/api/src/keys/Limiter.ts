/**
 * What one key may use at a time and in a minute, in the memory of this process: with several replicas, each grants as much.
 * A take that is refused takes nothing.
 */
import { Bucket, type Settle } from "./Bucket.ts";
import { type Quota, rateLimitFields, type RateLimitFields } from "./rateLimitFields.ts";

/** Those that are absent do not limit. */
export interface Limits {
  readonly requestsPerMinute?: number | undefined;
  /** Requests under way at once. */
  readonly concurrency?: number | undefined;
  readonly megapixelsPerMinute?: number | undefined;
}

export interface Refused {
  readonly granted: false;
  readonly policy: "requests" | "concurrency" | "megapixels";
  /** Absent: it can never be granted, and there is no use in waiting. */
  readonly retryAfterMs?: number;
  /** Why, as a sentence. */
  readonly message: string;
}

export interface GrantedRequest {
  readonly granted: true;
  /** When the request has ended. Once is enough, more does no harm. */
  readonly release: () => void;
}

export interface GrantedPixels {
  readonly granted: true;
  /** When the request has ended: whether they may have been made. Those that were not are the key's again. */
  readonly settle: Settle;
}

const unlimited: GrantedPixels = { granted: true, settle: () => undefined };

const megapixel = 1_000_000;
/** Nobody knows when a request under way will end. */
const concurrencyRetryMs = 1_000;

export class Limiter {
  readonly limits: Limits;
  readonly #requests: Bucket | undefined;
  readonly #pixels: Bucket | undefined;
  #underWay = 0;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(limits: Limits, now: () => number) {
    const { requestsPerMinute, megapixelsPerMinute } = limits;
    this.limits = limits;
    this.#requests = requestsPerMinute === undefined ? undefined : new Bucket(requestsPerMinute, now);
    this.#pixels =
      megapixelsPerMinute === undefined ? undefined : new Bucket(Math.floor(megapixelsPerMinute * megapixel), now);
  }

  /** Of the requests in a minute and of those under way: both, or neither. */
  takeRequest(): GrantedRequest | Refused {
    const { requestsPerMinute, concurrency = Infinity } = this.limits;
    const waitMs = this.#requests?.waitMs(1) ?? 0;
    if (waitMs > 0) {
      return refused("requests", `The key has used up its ${requestsPerMinute} requests a minute.`, waitMs);
    }
    if (this.#underWay >= concurrency) {
      const message = `The key has ${this.#underWay} requests under way, and may have ${concurrency} at once.`;
      return refused("concurrency", message, concurrencyRetryMs);
    }
    this.#requests?.take(1);
    this.#underWay += 1;
    return { granted: true, release: this.#releaseOnce() };
  }

  /** `pixels`: a whole number from 0 up, of all images that the request makes. Throws a `RangeError` at any other. */
  takePixels(pixels: bigint | number): GrantedPixels | Refused {
    const count = Number(pixels);
    // A bigint beyond what a number holds exactly is beyond every limit as well.
    if (count < 0 || (typeof pixels === "number" && !Number.isInteger(pixels))) {
      throw new RangeError(`pixels must be a whole number from 0 up, not ${pixels}`);
    }
    const { megapixelsPerMinute } = this.limits;
    if (this.#pixels === undefined) return unlimited;
    const settle = this.#pixels.lend(count);
    if (settle !== undefined) return { granted: true, settle };
    const told = `The request makes ${(count / megapixel).toFixed(2)} megapixels`;
    const waitMs = this.#pixels.waitMs(count);
    return waitMs === undefined
      ? refused(
          "megapixels",
          `${told}, and the key may have ${megapixelsPerMinute} a minute: it can never pass. Ask for less.`,
        )
      : refused(
          "megapixels",
          `${told}, and of the key's ${megapixelsPerMinute} a minute that much is not left.`,
          waitMs,
        );
  }

  /** Headers of the answer, none without limits. `refusal`: what the answer is about, so that no two times contradict. */
  fields(refusal?: Refused): RateLimitFields {
    return rateLimitFields(this.#quotas(), refusal);
  }

  #quotas(): ReadonlyArray<Quota> {
    const { concurrency } = this.limits;
    return [
      ...(this.#requests === undefined ? [] : [quotaOf("requests", this.#requests, 1)]),
      ...(concurrency === undefined
        ? []
        : [{ policy: "concurrency", limit: concurrency, left: concurrency - this.#underWay }]),
      ...(this.#pixels === undefined ? [] : [quotaOf("megapixels", this.#pixels, megapixel)]),
    ];
  }

  #releaseOnce(): () => void {
    let isHeld = true;
    return () => {
      if (isHeld) this.#underWay -= 1;
      isHeld = false;
    };
  }
}

const refused = (policy: Refused["policy"], message: string, retryAfterMs?: number): Refused => ({
  granted: false,
  policy,
  message,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** `units` of the bucket are one of the quota's. */
const quotaOf = (policy: string, bucket: Bucket, units: number): Quota => {
  const left = Math.floor(bucket.available / units);
  return {
    policy,
    limit: Math.floor(bucket.perMinute / units),
    left,
    // When it is full, what is taken now is back after the time that one unit needs.
    moreInMs: bucket.waitMs((left + 1) * units) ?? (60_000 * units) / bucket.perMinute,
  };
};
