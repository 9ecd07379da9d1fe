/**
 * The root of the error family: what every failure of a gateway call has in common.
 *
 * A failure is made from data; its code, its sentence and its fix follow from the class and that data. It is a real
 * `Error`, and it can be yielded in `Effect.gen`. It holds no key, prompt or body that has not been redacted.
 */
import type * as Cause from "effect/Cause";
import * as Data from "effect/Data";
import { docsUrlOf } from "./docsUrl.ts";

/** One request on the wire, as the caller of a failed call should see it. Times in milliseconds. */
export interface Attempt {
  /** The answer's HTTP status; `null` when no answer arrived. */
  readonly status: number | null;
  /** `ok`, or the code of its failure. */
  readonly outcome: string;
  /** From the request's start to the end of its answer. */
  readonly ms: number;
  /** How long the call then waited before the next attempt; 0 after the last one. */
  readonly waitedMs: number;
  /** It failed, and may have run, and be billed, all the same. */
  readonly mayHaveRun?: boolean;
}

/** Which call failed. */
export interface Subject {
  /** The gateway as the user named it, or its base URL. */
  readonly gateway: string;
  readonly pipeline: string;
  readonly model?: string;
}

export interface Circumstances extends Subject {
  readonly requestId?: string;
  readonly attempts?: ReadonlyArray<Attempt>;
  /** Overrides what the class says: an earlier attempt may have run. */
  readonly mayHaveRun?: boolean;
  /** Overrides what the class says: the server knows better (`X-Should-Retry: false`). */
  readonly retryable?: boolean;
  /** How long the gateway asked to be left alone, in milliseconds, and until when (ISO 8601, UTC). */
  readonly retryAfterMs?: number;
  readonly retryAt?: string;
  /** The known model whose id is near the call's, which is in no list. */
  readonly meant?: string;
  /** No further attempt was made because the gateway's `RetryBucket` was empty. */
  readonly retriesExhausted?: true;
  readonly cause?: unknown;
}

/** What a class says of itself. A function where the answer depends on the data. */
export interface Description<Details> {
  /** Stable; documented; never reused for another meaning. */
  readonly code: string | ((data: Details & Circumstances) => string);
  /** One sentence that names the subject. */
  readonly message: (data: Details & Circumstances) => string;
  /** What the reader can do about it. */
  readonly fix: string | ((data: Details & Circumstances) => string);
  /** Whether the same call may succeed later without a change; with `mayHaveRun`, a repeat may be billed again. */
  readonly retryable: boolean | ((data: Details & Circumstances) => boolean);
  /** Whether the gateway may have done, and billed, the work. */
  readonly mayHaveRun: boolean | ((data: Details & Circumstances) => boolean);
}

/** What can be read from every failure. */
export interface FailureFields extends Omit<Circumstances, "cause"> {
  readonly code: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly mayHaveRun: boolean;
  readonly attempts: ReadonlyArray<Attempt>;
  /** The code's page in the error catalogue. */
  readonly docsUrl: string;
}

/** A failure: a real `Error` that Effect can yield. */
export interface Failure<Tag extends string> extends Cause.YieldableError, FailureFields {
  readonly _tag: Tag;
  /** The same failure with more known of its circumstances. */
  with(circumstances: Partial<Circumstances>): this;
  /** Everything that is safe to log; a cause appears by its code alone. */
  toJSON(): Record<string, unknown>;
}

/** A class of the family. */
export type FailureClass<Tag extends string, Details> = new (
  input: Details & Circumstances,
) => Failure<Tag> & Readonly<Details>;

const TypeId = "~sluice/GatewayError";

/** What Node prints for an uncaught or a logged error: where it happened, and what to do. */
const inspect = Symbol.for("nodejs.util.inspect.custom");
function inspectFailure(this: Error & FailureFields): string {
  return `${this.stack ?? `${this.name}: ${this.message}`}\n  code: ${this.code}\n  fix: ${this.fix}\n  docs: ${this.docsUrl}`;
}

const decide = <Input, A extends string | boolean>(rule: A | ((input: Input) => A), input: Input): A =>
  typeof rule === "function" ? rule(input) : rule;

/** What a gateway says often brings a full stop of its own. */
const endedOnce = (sentence: string): string => sentence.replace(/([.?!…])\.$/, "$1");

/**
 * Makes the base class of one failure: `class X extends failure("X")<Details>({ … }) {}`.
 *
 * `Details` are the fields that only this failure has.
 */
export const failure =
  <const Tag extends string>(tag: Tag) =>
  <Details extends object = object>(description: Description<Details>): FailureClass<Tag, Details> => {
    type Input = Details & Circumstances;
    class Base extends Data.Error<{ readonly message: string; readonly cause?: unknown }> {
      readonly _tag: Tag = tag;
      override readonly name: string = tag;

      constructor(input: Input) {
        const { cause, ...data } = input;
        const code = decide(description.code, input);
        super({
          ...data,
          message: endedOnce(description.message(input)),
          code,
          docsUrl: docsUrlOf(code),
          fix: decide(description.fix, input),
          retryable: input.retryable ?? decide(description.retryable, input),
          mayHaveRun: input.mayHaveRun ?? decide(description.mayHaveRun, input),
          attempts: input.attempts ?? [],
          ...(cause === undefined ? {} : { cause }),
        });
        Object.defineProperty(this, "input", { value: input, enumerable: false });
      }

      with(circumstances: Partial<Circumstances>): this {
        const known = { ...(this as unknown as { input: Input }).input, ...circumstances };
        const copy = new (this.constructor as new (input: Input) => this)(known);
        // Where it happened stays; what it says may have changed.
        if (this.stack !== undefined) copy.stack = this.stack.replace(this.message, () => copy.message);
        return copy;
      }

      override toJSON(): Record<string, unknown> {
        const self = this as unknown as FailureFields & Record<string, unknown>;
        const { _tag, name: _, message, code, fix, cause, ...fields } = self;
        return {
          tag: _tag,
          code,
          message,
          fix,
          ...fields,
          ...(isFailure(cause) ? { cause: { code: cause.code, message: cause.message } } : {}),
        };
      }
    }
    Object.defineProperty(Base.prototype, TypeId, { value: true });
    Object.defineProperty(Base.prototype, inspect, { value: inspectFailure });
    return Base as unknown as FailureClass<Tag, Details>;
  };

/** Whether a value is a failure of this family, also when another copy of this package made it. */
export const isFailure = (value: unknown): value is Error & FailureFields & { readonly _tag: string } =>
  typeof value === "object" && value !== null && TypeId in value;
