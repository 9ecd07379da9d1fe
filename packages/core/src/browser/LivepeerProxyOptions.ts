/** What a page may set of its client: where its proxy is, and its limits; but no key, which would be everybody's. */
import type { CallSettings, LimitSettings, TrafficSettings } from "../settings/Settings.ts";
import type { Credentials } from "../transport/fetch.ts";

export interface LivepeerProxyOptions extends LimitSettings, CallSettings, Pick<TrafficSettings, "concurrency"> {
  /**
   * Where the proxy takes requests as a gateway does, at `<proxyUrl>/text-to-image` and so on: absolute, or relative to
   * the page, such as `/api/livepeer`. On another origin it must allow the page's (CORS), and expose `retry-after` and
   * `x-request-id`.
   */
  readonly proxyUrl: string;
  /** Whether the proxy is sent cookies, as `fetch` has it. Default: `same-origin`. */
  readonly credentials?: Credentials | undefined;
  /** Whoever opens the page could read it: the key belongs on the server behind `proxyUrl`. */
  readonly apiKey?: never;
  /** Routes have keys: they belong on the server behind `proxyUrl`. */
  readonly routes?: never;
}
