/** What this service itself refuses, before or instead of a call to the gateway: each kind once, with its code and status. */

export interface RefusalKind {
  readonly code: string;
  readonly status: number;
  /** What it means, as the heading of its page. */
  readonly title: string;
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

/** By a short name. docs/service-errors.md explains each code; `npm run api:pages` writes it from here. */
export const refusals = {
  http: {
    code: "SLUICE-400-HTTP",
    status: 400,
    title: "The request is not one HTTP request with one meaning",
    fix: "Send one Host and one Authorization header, a path that begins with `/`, and no upgrade to another protocol.",
    retryable: false,
  },
  key: {
    code: "SLUICE-401-CALLER-KEY",
    status: 401,
    title: "No valid key of this service",
    fix: "Send a key of this service as `Authorization: Bearer slk_…`; its operator makes one with `sluice-api key new`.",
    retryable: false,
  },
  permission: {
    code: "SLUICE-403-CALLER-KEY",
    status: 403,
    title: "The key may not do this",
    fix: "Ask the operator of this service to allow it to the key, or use another key.",
    retryable: false,
  },
  route: {
    code: "SLUICE-404-ROUTE",
    status: 404,
    title: "Nothing is at this path",
    fix: "Look up the path in /docs or /openapi.json.",
    retryable: false,
  },
  method: {
    code: "SLUICE-405-METHOD",
    status: 405,
    title: "The path is there, with another method",
    fix: "Use a method that the `Allow` header names.",
    retryable: false,
  },
  slow: {
    code: "SLUICE-408-SLOW",
    status: 408,
    title: "The request took too long to arrive",
    fix: "Send the whole request at once; nothing of it was used.",
    retryable: true,
  },
  large: {
    code: "SLUICE-413-BODY",
    status: 413,
    title: "The body is larger than this service takes",
    fix: "Send less, or ask the operator of this service to raise the limit.",
    retryable: false,
  },
  media: {
    code: "SLUICE-415-BODY",
    status: 415,
    title: "The body is of a type that the route does not take",
    fix: "Send the Content-Type that the route names in /docs, and no Content-Encoding.",
    retryable: false,
  },
  limit: {
    code: "SLUICE-429-CALLER-LIMIT",
    status: 429,
    title: "The key has used up one of its limits",
    fix: "Wait as long as `Retry-After` says, or ask the operator of this service for a higher limit.",
    retryable: true,
  },
  overload: {
    code: "SLUICE-503-OVERLOADED",
    status: 503,
    title: "The service has more to do than it can",
    fix: "Come back after `Retry-After`; the operator can run another replica.",
    retryable: true,
  },
  unfetched: {
    code: "SLUICE-502-FILE",
    status: 502,
    title: "A result's file could not be fetched from its gateway",
    fix: "Ask again: the work may be done, and paid, again. The log has the cause.",
    retryable: false,
  },
  draining: {
    code: "SLUICE-503-DRAINING",
    status: 503,
    title: "The service is about to end",
    fix: "Send it again: another replica, or the next process, will take it.",
    retryable: true,
  },
  headers: {
    code: "SLUICE-431-HEADERS",
    status: 431,
    title: "The headers are longer than this service takes",
    fix: "Send fewer or shorter headers; 16 KiB is the most.",
    retryable: false,
  },
  gone: {
    code: "SLUICE-404-FILE",
    status: 404,
    title: "The file is not kept any more",
    fix: "Fetch results soon after the call, or ask the operator of this service to keep them longer.",
    retryable: false,
  },
  internal: {
    code: "SLUICE-500-INTERNAL",
    status: 500,
    title: "A fault of this service",
    fix: "Tell the operator of this service the request id; the log has the cause.",
    retryable: false,
  },
} as const satisfies Readonly<Record<string, RefusalKind>>;

export type RefusalName = keyof typeof refusals;

export interface RefusalDetails {
  /** How long to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Instead of the kind's own. */
  readonly fix?: string;
  /** More headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is refused: `message` says why, as a sentence without anything secret. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly kind: RefusalKind;
  readonly details: RefusalDetails;

  constructor(kind: RefusalName, message: string, details: RefusalDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = refusals[kind];
    this.details = details;
  }
}
