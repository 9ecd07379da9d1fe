/**
 * Stops sending what keeps failing: after some calls in a row that a model of a gateway broke, none is sent for a while;
 * then one is, and its end decides.
 *
 * It counts calls, not attempts, so that no call opens the circuit against its own retries. What has an answer of its
 * own does not count: a rate limit, a cold model, a mistake of the caller's.
 *
 * Times are milliseconds of a clock that never goes back.
 */
import type { GatewayError, GatewayErrorTag } from "@sluice/errors";

/** As Envoy's outlier detection: after 5 in a row, 30 s times how often it opened, 300 s at most. In milliseconds. */
const most = 5;
const openMs = 30_000;
const longestMs = 300_000;

const broken: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>([
  ...(["ConnectionFailed", "DeadlineExceeded", "EmptyResult", "InferenceFailed"] as const),
  ...(["MalformedResponse", "OutcomeUnknown", "StreamTruncated"] as const),
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
  /** Which calls those were; weak, since a call holds its request. */
  #failed = new WeakSet();
  #last: GatewayError | undefined;
  #opened = 0;
  #opensAt = 0;
  /** The call that tries the model for all, once the time has come. */
  #trying: object | undefined;

  /** Why a call must not be sent, if it must not. */
  refuses(call: object, now: number): Refusal | undefined {
    if (this.#failures < most || this.#trying === call) return undefined;
    if (now >= this.#opensAt && this.#trying === undefined) {
      this.#trying = call;
      return undefined;
    }
    return { failures: this.#failures, waitMs: Math.max(0, this.#opensAt - now), cause: this.#last };
  }

  ended(call: object, error: GatewayError | undefined, now: number): void {
    if (error === undefined || !broken.has(error._tag)) {
      // A 429 or a refusal says that it answers, and no more.
      if (this.#failures > 0 && (error === undefined || this.#trying === call)) this.#close();
      return;
    }
    const tried = this.#trying === call;
    this.#last = error;
    if (this.#failed.has(call) && !tried) return;
    this.#failed.add(call);
    this.#failures += 1;
    // Calls that were under way when it opened say nothing new.
    if (!tried && this.#failures !== most) return;
    this.#trying = undefined;
    this.#opened += 1;
    this.#opensAt = now + Math.min(openMs * this.#opened, longestMs);
  }

  /** A call is over: one that was to try the model, and did not find out, leaves it to the next. */
  left(call: object): void {
    if (this.#trying === call) this.#trying = undefined;
  }

  #close(): void {
    this.#failures = 0;
    this.#failed = new WeakSet();
    this.#last = undefined;
    this.#opened = 0;
    this.#trying = undefined;
  }
}
