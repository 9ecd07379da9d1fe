/** What an emulator is to be like. Everything has a default: a go-livepeer gateway whose documented warm models are warm. */
import type { ByocCapability } from "./byoc/ByocCapability.ts";
import type { Fault } from "./Fault.ts";
import type { Latency } from "./Latency.ts";

/** How a cold model loads, from its first request on. */
export interface ColdStart {
  readonly loadMs: number;
  readonly meanwhile: "503" | "hold";
  /** How many loads fail before one works; the requests that wait for them get a 503. Default: 0. */
  readonly failedLoads?: number;
}

/**
 * How a model behaves. A cold one starts to load at its first request; until it has loaded, the gateway answers 503 or
 * holds the request, as go-livepeer does. An absent one has no orchestrator.
 */
export type ModelBehaviour =
  { readonly state: "warm" } | ({ readonly state: "cold" } & ColdStart) | { readonly state: "absent" };

export interface EmulatorSettings {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Where the operator's CLI port of go-livepeer listens as well; 0 takes a free one. Default: nowhere. */
  readonly operatorPort?: number;
  /** Who answers: go-livepeer, or Studio in front of it, at `/api/beta/generate`. Default: `go-livepeer`. */
  readonly dialect?: "go-livepeer" | "studio";
  /** Of ids, of seeds that a request does not name, and of faults with a rate. Default: 1. */
  readonly seed?: number;
  /**
   * By model id. A documented model behaves so on its own pipelines; any other id is served on every pipeline.
   */
  readonly models?: Readonly<Record<string, ModelBehaviour>>;
  /**
   * Makes every model cold that `models` does not name: documented ones on their own pipelines, any other id on all of them.
   * Default: the documented ones are as documented, and no other is there.
   */
  readonly cold?: ColdStart;
  /** How long a warm model takes; of a chat in a stream, until it begins. Default: 0. */
  readonly latencyMs?: Latency;
  /** How long a stream takes from its headers to its first token. Default: 0. */
  readonly firstTokenMs?: Latency;
  /** How long a stream takes from one token to the next. Default: 0. */
  readonly tokenMs?: Latency;
  /**
   * How many requests a model of a pipeline runs at once. One more waits for 2 s, while the gateway tries again, and
   * then gets a 503. Default: any number.
   */
  readonly capacity?: number;
  /** Capabilities of one's own (BYOC), by name; each is on two orchestrators. Default: none. */
  readonly byoc?: Readonly<Record<string, ByocCapability>>;
  /** Whether a BYOC job that is answered with events is given to the next orchestrator as well, as go-livepeer does. Default: true. */
  readonly byocDuplicateSse?: boolean;
  /** Tried in order; the first that applies to a request hits it. */
  readonly faults?: ReadonlyArray<Fault>;
  /** Whether a request that no orchestrator takes closes the socket (go-livepeer up to 0.9.1) or gets a 503. Default: true. */
  readonly panicOnNoOrchestrator?: boolean;
  /**
   * Whether results are on an object store, at absolute URLs on a port of its own, instead of in the gateway's memory.
   * Default: false.
   */
  readonly absoluteUrls?: boolean;
  /**
   * Whether OpenAI's routes are answered as well, below `/v1`, as an OpenAI gateway in front of this one does; there, a model
   * of any name is served. Default: false.
   */
  readonly openai?: boolean;
  /** Whether `/live-video-to-video` is answered, as an orchestrator does; a gateway does not have it. Default: false. */
  readonly liveVideo?: boolean;
}
