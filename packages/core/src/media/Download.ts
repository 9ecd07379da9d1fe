/**
 * A result's file, fetched before it is gone. Reading is safe to repeat, so every failure that may heal is tried again,
 * from the first byte on. No redirect is followed: it could lead the key elsewhere.
 */
import {
  type Answer,
  classify,
  type GatewayError,
  MediaUnavailable,
  type Policy,
  type RetryBucket,
  RetryPolicy,
} from "@sluice/errors";
import type { OnEvent } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { CallPlan } from "../call/CallPlan.ts";
import { runCall } from "../call/runCall.ts";
import type { Target } from "../Target.ts";
import type { Flow, Foreign, Transport, WireRequest } from "../transport/Transport.ts";
import { Opening } from "./Opening.ts";

export interface Download {
  readonly transport: Transport["Service"];
  /** The gateway that made the file. */
  readonly target: Target;
  /** With its key where that belongs. */
  readonly headers: WireRequest["headers"];
  /** Absolute, with `http:` or `https:`. */
  readonly url: string;
  /** Set where it is on no gateway's origin. */
  readonly foreign?: Foreign;
  readonly bucket: RetryBucket.RetryBucket;
  readonly observers: ReadonlyArray<OnEvent>;
  /** The deadline over all attempts, waits and the body, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** A longer file is given up, with `MalformedResponse`. */
  readonly maxBytes?: number | undefined;
}

/** At once and a few times, or when the host says. */
const policyFor = (error: GatewayError): Policy => {
  if (error._tag === "RateLimited") return RetryPolicy.rateLimited;
  return error.retryable ? RetryPolicy.connection : RetryPolicy.never;
};

const patient: Policy = RetryPolicy.byClass(policyFor);

const policyUntil = (isLate: () => boolean): Policy =>
  RetryPolicy.byClass((error) => (isLate() ? RetryPolicy.never : policyFor(error)));

export interface Course {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Begins to take a file, in each attempt anew. Without it, the bytes are collected. */
  readonly begin?: (flow: Flow) => (chunk: Uint8Array) => void;
  /** Whether it is too late for another attempt. */
  readonly isLate?: () => boolean;
}

/** The bytes, where nothing else takes them. */
export const download = (
  { transport, target, url, bucket, observers, ...own }: Download,
  course: Course,
): Effect.Effect<Uint8Array, GatewayError> =>
  Effect.flatMap(Clock.Clock, (clock) => {
    const { begin, isLate } = course;
    const { origin, pathname, search } = new URL(url);
    const subject = { gateway: target.profile.name, pipeline: "download" };
    const { secrets } = target;
    let opening: Opening | undefined;
    const verdictOf = (answer: Answer) =>
      classify("generic", {
        subject,
        url,
        wire: answer,
        expects: "bytes",
        secrets,
        now: clock.currentTimeMillisUnsafe(),
      });
    const plan: CallPlan<Uint8Array> = {
      first: {
        subject,
        dialect: "generic",
        request: {
          method: "GET",
          origin,
          path: pathname + search,
          headers: own.headers,
          maxBytes: own.maxBytes ?? course.maxBytes,
          ...(own.foreign === undefined ? {} : { foreign: own.foreign }),
          ...(begin === undefined
            ? {}
            : {
                receive: (head, flow) => {
                  const attempt = new Opening(head, flow, verdictOf, begin);
                  opening = attempt;
                  return (chunk) => {
                    attempt.take(chunk);
                  };
                },
              }),
        },
        secrets,
        expects: "bytes",
        decode: ({ body }) => {
          opening?.end();
          return body;
        },
      },
      timeoutMs: own.timeoutMs ?? course.timeoutMs,
      policy: isLate === undefined ? patient : policyUntil(isLate),
      bucket,
      observers,
    };
    return runCall({ transport, plan, finish: ({ result }) => result }).pipe(
      Effect.mapError((error) => {
        const { _tag: tag, attempts, requestId = "" } = error;
        if (tag !== "PipelineNotOffered" && tag !== "PipelineRetired") return error;
        const status = tag === "PipelineRetired" ? 410 : 404;
        return new MediaUnavailable({ ...subject, url, status, attempts, requestId });
      }),
    );
  });
