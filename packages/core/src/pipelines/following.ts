/**
 * image-to-video without a connection that is held for minutes: `Prefer: respond-async` is answered 202 with the job's
 * id, which is then asked for. A go-livepeer that does not know the preference answers as usual; others are not asked.
 *
 * The job runs once, whatever becomes of the questions: they are put again when they get no answer, and what was taken
 * on is never asked for a second time.
 */
import { type Answer, type Break, jsonOf, retryAfterMs, RetryPolicy } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { Transport, WireRequest } from "../transport/Transport.ts";
import type { Manner } from "./readyCall.ts";

type Send = Transport["Service"]["send"];

/** From question to question: a tenth of what the job has taken so far, so that its end is noticed so much late. */
const leastWaitMs = 1_000;
const mostWaitMs = 5_000;

/** A question is answered from memory; one that is not for so long has been lost. */
const silenceMs = 10_000;

/** Questions in a row without an answer, over half a minute; a job that is not heard of for so long is lost. */
const mostUnanswered = 5;

/** For one call. */
export const following = (): Manner<"image-to-video"> => {
  let accepted = false;
  return {
    adapt: (leg) => {
      if (leg.dialect !== "go-livepeer") return leg;
      const { request } = leg;
      return { ...leg, request: { ...request, headers: { ...request.headers, prefer: "respond-async" } } };
    },
    transport: (own) => ({
      ...own,
      send: (request) =>
        Effect.flatMap(own.send(request), (answer) => {
          const id = answer.status === 202 ? idIn(answer) : undefined;
          if (id === undefined) return Effect.succeed(answer);
          accepted = true;
          return poll(own.send, request, id);
        }),
    }),
    policy: (own) => RetryPolicy.byClass(() => (accepted ? RetryPolicy.never : own)),
  };
};

const idIn = (answer: Answer): string | undefined => {
  const json = jsonOf(answer) as { readonly request_id?: unknown } | null | undefined;
  return typeof json?.request_id === "string" ? json.request_id : undefined;
};

const poll = Effect.fnUntraced(function* (
  send: Send,
  request: WireRequest,
  id: string,
): Effect.fn.Return<Answer, Break> {
  const question = questionOf(request, id);
  const startedAt = yield* Clock.currentTimeMillis;
  let unanswered = 0;
  let now = startedAt;
  let askedWaitMs = 0;
  for (;;) {
    const usualMs = Math.min(Math.max((now - startedAt) / 10, leastWaitMs), mostWaitMs);
    yield* Effect.sleep(Math.max(usualMs, askedWaitMs, unanswered === 0 ? 0 : 1_000 * 2 ** (unanswered - 1)));
    const told = yield* Effect.catch(send(question), (broken) => Effect.succeed(broken)).pipe(
      Effect.timeoutOrElse({ duration: silenceMs, orElse: () => Effect.succeed(silence) }),
    );
    now = yield* Clock.currentTimeMillis;
    const status = told.kind === "answer" ? told.status : undefined;
    // What is in front of the gateway, and busy, says nothing of the job.
    askedWaitMs = (told.kind === "answer" ? retryAfterMs(told.headers["retry-after"], now) : undefined) ?? 0;
    if (status === 202 || status === 429) unanswered = 0;
    else if (status === undefined || status >= 500) {
      unanswered += 1;
      if (unanswered >= mostUnanswered) return yield* Effect.fail(lost(told));
    } else {
      // `invalid request ID`: the gateway has forgotten the job, as it does when it starts anew.
      const result = status === 200 && told.kind === "answer" ? resultIn(told) : undefined;
      return result ?? (yield* Effect.fail(lost(told)));
    }
  }
});

const silence: Break = { kind: "closed", cause: new Error(`no answer for ${silenceMs / 1_000} s`) };

const questionOf = (request: WireRequest, id: string): WireRequest => {
  const { prefer: _, ...headers } = request.headers;
  return {
    ...request,
    path: `${request.path}/result`,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ request_id: id }),
  };
};

/** The job was taken on; what became of it is not known. */
const lost = (last: Answer | Break): Break => ({
  kind: "cut",
  status: 202,
  cause: last.kind === "answer" ? new Error(`its result was asked for, and the answer was ${last.status}`) : last.cause,
});

/** The pipeline's own answer, or its error, which the answer to a question holds. */
const resultIn = (answer: Answer): Answer | undefined => {
  const json = jsonOf(answer) as { readonly result?: unknown } | null | undefined;
  if (typeof json?.result !== "object" || json.result === null) return undefined;
  return { ...answer, body: new TextEncoder().encode(JSON.stringify(json.result)) };
};
