/**
 * Calls as spans of the program's Effect tracer: one for each call, with what happens in it as the span's events, and a
 * link to each attempt's `traceparent`, by which the spans of a gateway are found.
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import * as Tracer from "effect/Tracer";
import { attributesOf, spanNameOf } from "../attributesOf.ts";
import type { CallEvent, CallStarted, OnEvent } from "../CallEvent.ts";
import { safeAsked } from "./safeNames.ts";

/** Calls under way at once; beyond it, the oldest is taken for one whose end will not be told. */
const mostOpen = 10_000;

export const effectSpans: Effect.Effect<OnEvent> = Effect.map(Effect.tracer, (tracer): OnEvent => {
  const open = new Map<string, Tracer.Span>();
  return (told) => {
    const event: CallEvent = { ...told, ...safeAsked(told) };
    if (event.type === "call-started") {
      open.set(event.requestId, startSpan(tracer, event));
      const [oldest] = open.keys();
      if (open.size > mostOpen && oldest !== undefined) open.delete(oldest);
      return;
    }
    const span = open.get(event.requestId);
    if (span === undefined) return;
    if (event.type === "call-ended") {
      open.delete(event.requestId);
      setAttributes(span, event);
      span.end(nanos(event.at), exitOf(event.outcome));
      return;
    }
    span.event(event.type, nanos(event.at), attributesOf(event));
    if (event.type === "attempt-started") linkTo(span, event.traceparent);
  };
});

const startSpan = (tracer: Tracer.Tracer, event: CallStarted): Tracer.Span => {
  const span = tracer.span({
    name: spanNameOf(event),
    kind: "client",
    startTime: nanos(event.at),
    parent: Option.none(),
    root: true,
    annotations: Context.empty(),
    links: [],
    sampled: true,
  });
  setAttributes(span, event);
  return span;
};

const setAttributes = (span: Tracer.Span, event: CallEvent): void => {
  for (const [name, value] of Object.entries(attributesOf(event))) span.attribute(name, value);
};

const linkTo = (span: Tracer.Span, traceparent = ""): void => {
  const [, traceId, spanId] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}/.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined) return;
  span.addLinks([{ span: Tracer.externalSpan({ traceId, spanId }), attributes: {} }]);
};

/** The code is all that is told of a failure; an object without a stack, because this one's would say nothing. */
const exitOf = (outcome: string): Exit.Exit<void, { readonly name: string; readonly message: string }> =>
  outcome === "ok" ? Exit.void : Exit.fail({ name: outcome, message: outcome });

const nanos = (at: number): bigint => BigInt(Math.round(at * 1_000)) * 1_000n;
