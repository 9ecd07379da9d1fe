/**
 * Stops sending what keeps failing: after some calls in a row that a model of a gateway broke, none is begun for a while;
 * then one is, and its end decides.
 *
 * It counts calls when they are over, so that no call's retries are refused because of it. What has an answer of its own
 * does not count: a rate limit, a cold model, a mistake of the caller's.
 *
 * Times are milliseconds of a clock that never goes back.
 */
import type { GatewayError, GatewayErrorTag } from "@sluice/errors";

/** As Envoy's outlier detection: after 5 in a row, 30 s times how often it opened, 300 s at most. */
const most = 5;
const openMs = 30_000;
const longestMs = 300_000;

const broken: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>([
  "ConnectionFailed",
  "DeadlineExceeded",
  "EmptyResult",
  "InferenceFailed",
  "MalformedResponse",
  "OutcomeUnknown",
  "StreamTruncated",
]);

export interface Refusal {
  readonly failures: number;
  /** How long nothing is sent; 0 when the call that tries the model decides. */
  readonly waitMs: number;
  /** How the last of them failed. */
  readonly cause: GatewayError | undefined;
}

export class Breaker {
  /** Calls that failed since the last that did not. */
  #failures = 0;
  #last: GatewayError | undefined;
  #opened = 0;
  #opensAt = 0;
  /** The call that tries the model for all, once the time has come. */
  #trying: object | undefined;

  get isClosed(): boolean {
    return this.#failures < most;
  }

  /** Why a call must not begin, if it must not. */
  refuses(call: object, now: number): Refusal | undefined {
    if (this.isClosed || this.#trying === call) return undefined;
    if (now >= this.#opensAt && this.#trying === undefined) {
      this.#trying = call;
      return undefined;
    }
    return { failures: this.#failures, waitMs: Math.max(0, this.#opensAt - now), cause: this.#last };
  }

  /** It works: a result has come, or the first token of one. */
  worked(): void {
    this.#failures = 0;
    this.#last = undefined;
    this.#opened = 0;
    this.#trying = undefined;
  }

  /** A call is over, and this is how its last attempt here failed; `undefined` when it was not one of those that count. */
  left(call: object, error: GatewayError | undefined, now: number): void {
    const tried = this.#trying === call;
    if (tried) this.#trying = undefined;
    if (error === undefined) return;
    if (!broken.has(error._tag)) {
      // It answers, and no more is known.
      if (tried) this.worked();
      return;
    }
    this.#last = error;
    this.#failures += 1;
    // Calls that were under way when it opened say nothing new.
    if (!tried && this.#failures !== most) return;
    this.#opened += 1;
    this.#opensAt = now + Math.min(openMs * this.#opened, longestMs);
  }
}
