/** `traceparent`: sent to the hosts that the user names, and to no other. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { traceOf } from "../../src/call/traceparent.ts";
import { type Asked, coldUntil, gateway, play, refused, resultIn, warm } from "./models.ts";

const given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
const call = (traceparent?: string) => ({ model: "m", options: traceparent === undefined ? {} : { traceparent } });
const tracesIn = (asked: ReadonlyArray<Asked>) => asked.map(({ headers }) => headers["traceparent"]);
const partsOf = (traceparent: string | undefined) =>
  /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent ?? "")?.slice(1);

describe("a traceparent", () => {
  it.effect("is not sent when no host is named, whatever the call brings", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* play({ behaviours: { m: warm() }, callers: [call(given)] });
      assert.deepStrictEqual(tracesIn(asked), [undefined]);
      assert.isFalse(ends.some(({ events }) => JSON.stringify(events).includes("traceparent")));
    }),
  );

  it.effect("is sent to the named host alone, and told in the attempt's event", () =>
    Effect.gen(function* () {
      const other = "http://b.example:8935";
      const { asked, ends } = yield* play({
        behaviours: { [gateway]: refused, [other]: warm() },
        settings: { routes: [{ gateway }, { gateway: other }], traceHosts: ["b.example:8935"] },
        callers: [call(given)],
      });
      const [none, sent] = tracesIn(asked);
      assert.isUndefined(none);
      assert.match(sent ?? "", /^00-0af7651916cd43dd8448eb211c80319c-[\da-f]{16}-00$/);
      const started = ends[0]?.events.filter(({ type }) => type === "attempt-started") ?? [];
      assert.deepStrictEqual(
        started.map((event) => ("traceparent" in event ? event.traceparent : undefined)),
        [none, sent],
      );
    }),
  );

  for (const [host, address, sent] of [
    ["gw.example", "https://gw.example", true],
    ["gw.example:443", "https://gw.example", true],
    ["gw.example:80", "https://gw.example", false],
    ["gw.example:80", "http://gw.example", true],
    ["gw.example:443", "http://gw.example", false],
    ["127.0.0.1", "http://127.0.0.1:8935", true],
    ["127.0.0.1:8935", "http://127.0.0.1:8935", true],
    ["127.0.0.1:8936", "http://127.0.0.1:8935", false],
    ["gw.example", "https://not.gw.example", false],
    ["[::1]", "http://[::1]:8935", true],
  ] as const) {
    it.effect(`is ${sent ? "" : "not "}sent to ${address}, where ${host} is named`, () =>
      Effect.gen(function* () {
        const settings = { gateway: address, traceHosts: [host] };
        const { asked } = yield* play({ behaviours: { m: warm() }, settings, callers: [call(given)] });
        assert.strictEqual(asked[0]?.headers["traceparent"] !== undefined, sent);
      }),
    );
  }

  it.effect("keeps the call's trace over its attempts, and names each attempt anew", () =>
    Effect.gen(function* () {
      const settings = { gateway, traceHosts: ["a.example"] };
      const { asked, ends } = yield* play({
        behaviours: { m: coldUntil(5_000) },
        settings,
        callers: [call(given), call()],
      });
      resultIn(ends[0] ?? assert.fail("it has ended"));
      const parts = tracesIn(asked).map(partsOf);
      const mine = parts.filter((part) => part?.[0] === "0af7651916cd43dd8448eb211c80319c");
      assert.lengthOf(mine, ends[0]?.events.filter(({ type }) => type === "attempt-started").length ?? 0);
      assert.isAtLeast(mine.length, 2);
      assert.isAbove(parts.length, mine.length);
      const spans = new Set(parts.map((part) => part?.[1]));
      assert.strictEqual(spans.size, asked.length);
      assert.notInclude([...spans], "b7ad6b7169203331");
      assert.isTrue(mine.every((part) => part?.[2] === "00"));
      // The other call began a trace of its own.
      assert.strictEqual(new Set(parts.map((part) => part?.[0])).size, 2);
    }),
  );

  const bad = [
    ["nothing", ""],
    ["words", "hello"],
    ["upper case", given.toUpperCase()],
    ["a trace of zeros", "00-00000000000000000000000000000000-b7ad6b7169203331-01"],
    ["a parent of zeros", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"],
    ["the forbidden version", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
    ["a field too many in version 00", `${given}-00`],
    ["a line break", `${given}\r\nx: y`],
  ] as const;
  for (const [name, traceparent] of bad) {
    it.effect(`that is none begins a new trace: ${name}`, () =>
      Effect.gen(function* () {
        const settings = { gateway, traceHosts: ["a.example"] };
        const { asked } = yield* play({ behaviours: { m: warm() }, settings, callers: [call(traceparent)] });
        const [trace, , flags] = partsOf(tracesIn(asked)[0]) ?? [];
        assert.notStrictEqual(trace, "0af7651916cd43dd8448eb211c80319c");
        assert.strictEqual(flags, "01");
        assert.isUndefined(traceOf(traceparent));
      }),
    );
  }

  it("of a later version is read as far as this one goes", () => {
    assert.strictEqual(
      traceOf("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"),
      "0af7651916cd43dd8448eb211c80319c-01",
    );
  });
});
