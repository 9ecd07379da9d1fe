/** What is to be done in a call: whom to ask for what, in which order, how long, and how often. */
import type {
  Answer,
  Dialect,
  GatewayError,
  Observation,
  Policy,
  RetryBucket,
  StreamState,
  Subject,
} from "@sluice/errors";
import type { Finding } from "@sluice/models";
import type { Cost, OnEvent } from "@sluice/telemetry";
import type { Standing } from "../routes/Standing.ts";
import type { Receive, WireRequest } from "../transport/Transport.ts";

/** One gateway, asked for one thing. */
export interface Leg<Result> {
  readonly subject: Subject;
  readonly dialect: Dialect;
  readonly request: WireRequest;
  readonly secrets: ReadonlyArray<string>;
  /** The request's fields, for an error that names one; and what a success is made of. */
  readonly input?: Observation["input"];
  readonly expects?: Observation["expects"];
  readonly cost?: Cost;
  readonly warnings?: ReadonlyArray<Finding>;
  /** The known model that a model in no list may be meant for. */
  readonly meant?: () => string | undefined;
  /** What a successful answer says, or why it says nothing. */
  readonly decode: (answer: Answer) => Result | GatewayError;
  /** Reads an event stream as it comes; made for each attempt. */
  readonly stream?: (onFirstToken: () => void) => Streaming;
  /** What keeps calls of a client from getting in each other's way; absent for what is no pipeline. */
  readonly standing?: Standing;
}

export interface Streaming {
  readonly receive: Receive;
  /** What has come of the stream; `undefined` when the answer was none. */
  readonly state: () => StreamState | undefined;
}

export interface CallPlan<Result> {
  readonly first: Leg<Result>;
  readonly timeoutMs: number;
  readonly policy: Policy;
  readonly bucket: RetryBucket.RetryBucket;
  readonly observers: ReadonlyArray<OnEvent>;
  /** Where to turn when the first cannot be had: each made when it is needed; an error for one that cannot take the request. */
  readonly others?: ReadonlyArray<() => Leg<Result> | GatewayError> | undefined;
  /** What the call is called in its events, its result and its error. Default: a name of its own. */
  readonly requestId?: string | undefined;
  /** The trace that the call belongs to, as `<trace>-<flags>`; else it begins one. */
  readonly trace?: string | undefined;
  /** Told how each attempt ended, when (Unix milliseconds), and after how many milliseconds. */
  readonly onAttempt?:
    ((leg: Leg<Result>, error: GatewayError | undefined, at: number, ms: number) => void) | undefined;
}
