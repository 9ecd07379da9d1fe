/** What an emulator is to be like. Everything has a default: a go-livepeer gateway whose documented warm models are warm. */

/**
 * How a model behaves. A cold one starts to load at its first request; until it has loaded, the gateway answers 503 or
 * holds the request, as go-livepeer does. An absent one has no orchestrator.
 */
export type ModelBehaviour =
  | { readonly state: "warm" }
  | { readonly state: "cold"; readonly loadMs: number; readonly meanwhile: "503" | "hold" }
  | { readonly state: "absent" };

/** What can go wrong instead of an answer; `faults.ts` says what each one sends. */
export const faultKinds = [
  "unavailable",
  "internal",
  "closed",
  "null",
  "no-images",
  "unauthorized",
  "invalid",
  "rate-limited",
  "retired",
  "bad-gateway",
  "web-page",
  "truncated",
  "silent",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** How many requests it hits; every one by default. */
  readonly times?: number;
  /** The share of requests that it hits, 0 to 1, drawn by the emulator's seed; 1 by default. */
  readonly rate?: number;
  /** `Retry-After` on `rate-limited` and `unavailable`. */
  readonly retryAfter?: string;
}

export interface EmulatorSettings {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Who answers: go-livepeer, or Studio in front of it, at `/api/beta/generate`. Default: `go-livepeer`. */
  readonly dialect?: "go-livepeer" | "studio";
  /** Of ids, of seeds that a request does not name, and of faults with a rate. Default: 1. */
  readonly seed?: number;
  /**
   * By model id. A documented model behaves so on its own pipelines; any other id is served on every pipeline.
   */
  readonly models?: Readonly<Record<string, ModelBehaviour>>;
  /** How long a warm model takes, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
  /** Tried in order; the first that applies to a request hits it. */
  readonly faults?: ReadonlyArray<Fault>;
  /** Whether a request that no orchestrator takes closes the socket (go-livepeer up to 0.9.1) or gets a 503. Default: true. */
  readonly panicOnNoOrchestrator?: boolean;
}
