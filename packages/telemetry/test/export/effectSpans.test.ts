import * as Effect from "effect/Effect";
import * as Tracer from "effect/Tracer";
import { InvalidRequest } from "@sluice/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectSpans } from "../../src/export/effectSpans.ts";
import type { CallEvent } from "../../src/index.ts";
import { anyStory, cost, story } from "../story.ts";

/** Every span that was started, ended or not, after these events. */
const after = (events: ReadonlyArray<CallEvent>): ReadonlyArray<Tracer.NativeSpan> => {
  const spans: Array<Tracer.NativeSpan> = [];
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options);
      spans.push(span);
      return span;
    },
  });
  const onEvent = Effect.runSync(Effect.provideService(effectSpans, Tracer.Tracer, tracer));
  for (const event of events) onEvent(event);
  return spans;
};

const begin = 1_795_000_000_000;
const told = story.map((event, index): CallEvent => ({ ...event, at: begin + index * 100 }));
const nanos = (index: number) => BigInt(begin + index * 100) * 1_000_000n;

describe("the span of a call", () => {
  it("has its name, its times, its attributes and what happened in it", () => {
    const [span, ...others] = after(told);
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: "generate_content SG161222/RealVisXL_V4.0_Lightning",
      kind: "client",
      sampled: true,
      status: { _tag: "Ended", startTime: nanos(0), endTime: nanos(7), exit: { _tag: "Success" } },
    });
    expect(Object.fromEntries(span?.attributes ?? [])).toMatchObject({
      "gen_ai.provider.name": "livepeer",
      "livepeer.request_id": "req_1",
      "livepeer.attempts": 2,
      "livepeer.cost.usd": 0.019922944,
      "server.address": "livepeer.studio",
    });
    expect(span?.events.map(([name, at]) => [name, at])).toEqual(
      [1, 2, 3, 4, 5, 6].map((index) => [story[index]?.type, nanos(index)]),
    );
    expect(span?.events[1]?.[2]).toMatchObject({ "livepeer.attempt": 1, "http.response.status_code": 503 });
  });

  it("of a call that failed has the code as its error, and nothing else of it", () => {
    const failed = told.map((event) =>
      event.type === "call-ended" ? { ...event, outcome: "SLUICE-504-DEADLINE" } : event,
    );
    const [span] = after(failed);
    expect(span?.attributes.get("error.type")).toBe("SLUICE-504-DEADLINE");
    const code = "SLUICE-504-DEADLINE";
    expect(span?.status).toMatchObject({
      exit: { _tag: "Failure", cause: { reasons: [{ error: { name: code, message: code } }] } },
    });
  });

  it("links to the trace that an attempt sent on, and to nothing that is none", () => {
    const [traceId, spanId] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
    const attempts = [`00-${traceId}-${spanId}-01`, "00-zz-01", undefined].map((traceparent, index): CallEvent => ({
      ...story[1],
      attempt: index + 1,
      ...(traceparent === undefined ? {} : { traceparent }),
    }));
    const [span] = after([story[0], ...attempts]);
    expect(span?.links.map(({ span: linked }) => [linked.traceId, linked.spanId])).toEqual([[traceId, spanId]]);
  });

  it("is its own, however calls interleave, and ends with its call", () => {
    fc.assert(
      fc.property(anyStory("req_1"), anyStory("req_2"), fc.infiniteStream(fc.boolean()), (one, other, turns) => {
        const [left, right] = [[...one], [...other]];
        const mixed: Array<CallEvent> = [];
        while (left.length + right.length > 0) {
          const next = (turns.next().value === true ? left : right).shift() ?? left.shift() ?? right.shift();
          if (next !== undefined) mixed.push(next);
        }
        const spans = after(mixed);
        expect(spans.map(({ status }) => status._tag)).toEqual(["Ended", "Ended"]);
        for (const [id, events] of [["req_1", one] as const, ["req_2", other] as const]) {
          const span = spans.find(({ attributes }) => attributes.get("livepeer.request_id") === id);
          expect(span?.events.map(([name]) => name)).toEqual(events.slice(1, -1).map(({ type }) => type));
        }
      }),
    );
  });

  it("is not waited for when its call never ends and 10,000 younger ones are under way", () => {
    const started = Array.from({ length: 10_001 }, (_, index): CallEvent => ({ ...story[0], requestId: `r${index}` }));
    const ended = ["r0", "r1", "r10000"].map((requestId): CallEvent => ({ ...story[7], requestId }));
    const spans = after([...started, ...ended]);
    expect([0, 1, 2, 10_000].map((index) => spans[index]?.status._tag)).toEqual([
      "Started",
      "Ended",
      "Started",
      "Ended",
    ]);
  });

  it("is not begun by what is not a call's start", () => {
    expect(after(story.slice(1))).toEqual([]);
  });
});

it("no prompt and no key leaves a trace in a span, wherever an event holds it", () => {
  const secret = "canary-7c1d0e5f";
  const path = "prompt";
  const warning = { rule: "prompt-split", severity: "warn", path, message: secret, fix: secret } as const;
  const asked = { gateway: `https://user:${secret}@gateway.example/${secret}?key=${secret}`, pipeline: "llm" };
  const reason = new InvalidRequest({ ...asked, status: 422, fields: [{ path, message: secret, sent: secret }] });
  const paid = { ...cost, rate: { label: secret, source: secret, asOf: secret } };
  const [span] = after([
    { ...story[0], ...asked, warnings: [warning], cost: paid },
    { ...story[1], ...asked, traceparent: secret },
    { ...story[2], ...asked },
    { ...story[3], ...asked, reason },
    { ...story[7], ...asked, outcome: reason.code, cost: paid },
  ]);
  const { name, events, status } = span ?? {};
  const everything = JSON.stringify([name, [...(span?.attributes ?? [])], events, status, span?.links], (_, value) =>
    typeof value === "bigint" ? String(value) : (value as unknown),
  );
  expect(everything).toContain("https://gateway.example");
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(btoa(secret).slice(0, 18));
});
