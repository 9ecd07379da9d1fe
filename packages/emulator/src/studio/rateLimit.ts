/**
 * Studio's limit: 20 requests a minute for each user, whatever the key and the pipeline.
 *
 * It counts what its log says, and a request is logged when it is over, with the time at which it began. So requests
 * that run side by side do not count yet, and the ones that failed do.
 */
import type { Gateway } from "../gateway/route.ts";

const perWindow = 20;
/** In milliseconds. */
const window = 60_000;

export class RequestLog {
  readonly #starts = new Map<string, ReadonlyArray<number>>();

  /** Seconds until the user may ask again, at least one; `undefined` when that is now. */
  retryAfter(userId: string, now: number): number | undefined {
    const recent = (this.#starts.get(userId) ?? []).filter((start) => start >= now - window);
    this.#starts.set(userId, recent);
    if (recent.length < perWindow) return undefined;
    return Math.max(Math.ceil((Math.min(...recent) + window - now) / 1000), 1);
  }

  /** Notes that a request is over which began at this time. */
  finished(userId: string, startedAt: number): void {
    this.#starts.set(userId, [...(this.#starts.get(userId) ?? []), startedAt]);
  }
}

const logs = new WeakMap<Gateway, RequestLog>();

/** Of the Studio in front of this gateway; it lives as long. */
export const requestLogOf = (gateway: Gateway): RequestLog => {
  const log = logs.get(gateway) ?? new RequestLog();
  logs.set(gateway, log);
  return log;
};
