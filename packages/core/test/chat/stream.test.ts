/** A chat that is read as it comes, by the clock of the test: its pieces, its end, and what is tried again. */
import { assert, describe, it } from "@effect/vitest";
import { type CallEvent, GatewayClient, type GatewayClientSettings, type GatewayError } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Result from "effect/Result";
import * as Stream from "effect/Stream";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import { chat, event, reading, type Script, scripted, stop } from "./sse.ts";

const read = (scripts: ReadonlyArray<Script>, settings: GatewayClientSettings = {}) => {
  const { seen, client } = scripted(...scripts);
  const events: Array<CallEvent> = [];
  const observed = { onEvent: (told: CallEvent) => void events.push(told), ...settings };
  return Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.provide(reading, client(observed)));
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("10 millis");
    return { ...(yield* Fiber.join(fiber)), seen, events };
  });
};

const errorIn = ({ exit }: { readonly exit: Result.Result<void, GatewayError> }): GatewayError => {
  if (Result.isSuccess(exit)) throw new Error("the stream ended well");
  return exit.failure;
};

const attempts = (events: ReadonlyArray<CallEvent>) => events.filter(({ type }) => type === "attempt-ended");

const hello = [event("Hel"), event("lo "), event("you"), stop];

describe("a chat's stream", () => {
  it.effect("gives each piece when it comes, and ends when the gateway ends it", () =>
    Effect.gen(function* () {
      const { pieces, exit, at, seen, events } = yield* read([{ chunks: hello }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.deepStrictEqual(pieces, [
        ["Hel", 100],
        ["lo ", 200],
        ["you", 300],
      ]);
      assert.strictEqual(at, 400);
      assert.lengthOf(seen.requests, 1);
      assert.strictEqual(seen.hungUp, 0);
      assert.deepInclude(JSON.parse(seen.requests[0]?.body as string), { stream: true, max_tokens: 64 });
      assert.deepStrictEqual(
        events.map(({ type, at: told }) => [type, told]),
        [
          ["call-started", 0],
          ["attempt-started", 0],
          ["attempt-ended", 400],
          ["call-ended", 400],
        ],
      );
      assert.deepInclude(attempts(events)[0], { status: 200, outcome: "ok", ms: 400, firstTokenMs: 100 });
    }),
  );

  it.effect("has no pieces where a chunk brings no text", () =>
    Effect.gen(function* () {
      const odd = [
        event(""),
        'data: {"choices":[],"id":"x"}\n\n',
        'data: {"choices":[{"delta":{"role":"assistant"}}]}\n\n',
        'data: {"choices":[null]}\n\ndata: null\n\ndata: [1]\n\ndata: not JSON\n\n: a comment\n\n',
        'data: {"choices":[{"delta":{"content":5}}]}\n\n',
        event("you"),
        stop,
      ];
      const { pieces, exit, events } = yield* read([{ chunks: odd }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.deepStrictEqual(pieces, [["you", 600]]);
      assert.deepInclude(attempts(events)[0], { firstTokenMs: 600 });
    }),
  );

  it.effect("is the same, however its bytes are cut", () =>
    Effect.promise(async () => {
      const texts = ["Grüße", ", ", "世界", " 🦊", "\r\n", "data: [DONE]", "\u2028", "é"];
      const bytes = new TextEncoder().encode(texts.map((text) => event(text)).join("") + stop);
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 40 }), async (cuts) => {
          const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
          const chunks = ends.map((end, place) => bytes.slice(ends[place - 1] ?? 0, end));
          const { client } = scripted({ chunks, everyMs: 0 });
          const pieces = await Effect.runPromise(
            GatewayClient.use((gateway) => Stream.runCollect(gateway.chatStream(chat))).pipe(Effect.provide(client())),
          );
          assert.deepStrictEqual(
            pieces.map(({ text }) => text),
            texts,
          );
        }),
        { numRuns: 60 },
      );
    }),
  );

  it.effect("is whole where its last line lacks its end", () =>
    Effect.gen(function* () {
      const { pieces, exit, at } = yield* read([{ chunks: [event("Hi"), stop.trimEnd()] }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.deepStrictEqual(pieces, [["Hi", 100]]);
      assert.strictEqual(at, 200);
    }),
  );

  it.effect("that the gateway answers as JSON, all at once, is one piece", () =>
    Effect.gen(function* () {
      const message = { role: "assistant", content: "Hello you" };
      const chunks = [JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }], ...about })];
      const { pieces, exit } = yield* read([{ chunks, type: "application/json" }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.deepStrictEqual(pieces, [["Hello you", 100]]);
    }),
  );
});

const about = {
  created: 1,
  id: "x",
  model: "m",
  usage: { completion_tokens: 1, prompt_tokens: 1, total_tokens: 2 },
};

describe("a stream that breaks", () => {
  const failure = 'data: {"error": "CUDA out of memory."}\n\n';

  describe.each([
    ["ends", { then: "end" }, undefined],
    ["is cut off", { then: "cut" }, undefined],
    ["tells of an error", { then: "end" }, failure],
  ] as const)("as it %s", (_, how, last) => {
    const begun = (...chunks: ReadonlyArray<string>): Script => ({
      ...how,
      chunks: [...chunks, ...(last === undefined ? [] : [last])],
    });

    it.effect("after some pieces, gives them, and then StreamTruncated; it is not tried again", () =>
      Effect.gen(function* () {
        const { pieces, seen, events, ...ended } = yield* read([begun(event("Hel"), event("lo")), { chunks: hello }]);
        assert.deepStrictEqual(pieces, [
          ["Hel", 100],
          ["lo", 200],
        ]);
        const error = errorIn(ended);
        assert.include(error, { _tag: "StreamTruncated", delivered: 2, mayHaveRun: true });
        assert.lengthOf(seen.requests, 1);
        assert.deepInclude(attempts(events)[0], { outcome: "SLUICE-502-STREAM-TRUNCATED", firstTokenMs: 100 });
        if (last !== undefined) assert.match(error.message, /CUDA out of memory/);
      }),
    );

    it.effect("before the first piece, is tried again, and whole then", () =>
      Effect.gen(function* () {
        const { pieces, exit, seen, events } = yield* read([begun(event("")), { chunks: hello }]);
        assert.isTrue(Result.isSuccess(exit));
        assert.strictEqual(pieces.map(([text]) => text).join(""), "Hello you");
        assert.lengthOf(seen.requests, 2);
        const [first, second] = attempts(events);
        assert.notProperty(first, "firstTokenMs");
        assert.deepInclude(second, { outcome: "ok", firstTokenMs: 100 });
      }),
    );

    it.effect("before the first piece, again and again, is tried once more: each run may be billed", () =>
      Effect.gen(function* () {
        const { pieces, seen, ...ended } = yield* read([begun()]);
        assert.isEmpty(pieces);
        assert.include(errorIn(ended), { _tag: "StreamTruncated", delivered: 0 });
        assert.lengthOf(errorIn(ended).attempts, 2);
        assert.lengthOf(seen.requests, 2);
      }),
    );
  });

  it.effect("when its end has come is whole", () =>
    Effect.gen(function* () {
      const { pieces, exit, seen } = yield* read([{ chunks: hello, then: "cut" }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.lengthOf(pieces, 3);
      assert.lengthOf(seen.requests, 1);
    }),
  );

  it.effect("is tried again as any call is before it begins", () =>
    Effect.gen(function* () {
      const refusals = [
        { status: 503, type: "application/json", chunks: ['{"error":{"message":"Service Unavailable Error"}}\n'] },
        { status: 429, type: "application/json", chunks: ['{"errors":["Too many AI requests"]}'] },
        // A proxy may say that its page is a stream.
        { status: 502, chunks: ["<html>Bad Gateway</html>"] },
      ];
      const { pieces, exit, seen } = yield* read([...refusals, { chunks: hello }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.strictEqual(pieces.map(([text]) => text).join(""), "Hello you");
      assert.lengthOf(seen.requests, 4);
    }),
  );
});

describe("a stream that broke before its first piece", () => {
  it.effect("may be answered as JSON the next time", () =>
    Effect.gen(function* () {
      const message = { role: "assistant", content: "Hello you" };
      const whole = JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }], ...about });
      const { pieces, exit, seen } = yield* read([
        { chunks: [event("")] },
        { chunks: [whole], type: "application/json" },
      ]);
      assert.isTrue(Result.isSuccess(exit));
      assert.deepStrictEqual(
        pieces.map(([text]) => text),
        ["Hello you"],
      );
      assert.lengthOf(seen.requests, 2);
    }),
  );
});

describe("the deadline of a stream", () => {
  it.effect("covers the wait for its first piece", () =>
    Effect.gen(function* () {
      const { pieces, at, seen, events, ...ended } = yield* read([{ chunks: hello, everyMs: 5_000 }], {
        timeoutMs: 1_000,
      });
      assert.isEmpty(pieces);
      assert.deepInclude(errorIn(ended), { _tag: "DeadlineExceeded", deadlineMs: 1_000, inFlight: true });
      assert.strictEqual(at, 1_000);
      assert.strictEqual(seen.hungUp, 1);
      assert.notProperty(attempts(events)[0], "firstTokenMs");
    }),
  );

  it.effect("covers the waits between its pieces, which are given first", () =>
    Effect.gen(function* () {
      const { pieces, at, seen, ...ended } = yield* read([{ chunks: hello, everyMs: 400 }], { timeoutMs: 1_000 });
      assert.deepStrictEqual(pieces, [
        ["Hel", 400],
        ["lo ", 800],
      ]);
      assert.include(errorIn(ended), { _tag: "DeadlineExceeded", mayHaveRun: true });
      assert.strictEqual(at, 1_000);
      assert.strictEqual(seen.hungUp, 1);
    }),
  );

  it.effect("is one over attempts, waits and the stream", () =>
    Effect.gen(function* () {
      const unavailable = { status: 503, type: "application/json", chunks: ["{}"], everyMs: 700 };
      const { at, seen, ...ended } = yield* read([unavailable, { chunks: hello, everyMs: 3_000 }], {
        timeoutMs: 8_000,
      });
      assert.include(errorIn(ended), { _tag: "DeadlineExceeded" });
      assert.strictEqual(at, 8_000);
      assert.deepStrictEqual(
        errorIn(ended).attempts.map(({ outcome }) => outcome),
        ["SLUICE-503-COLD", "SLUICE-504-DEADLINE"],
      );
      assert.lengthOf(seen.requests, 2);
    }),
  );
});

describe("a stream whose connection stays open after its end", () => {
  it.effect("ends half a second later, and its connection is closed", () =>
    Effect.gen(function* () {
      const { pieces, exit, at, seen, events } = yield* read([{ chunks: hello, then: "open" }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.lengthOf(pieces, 3);
      assert.strictEqual(at, 900);
      assert.strictEqual(seen.hungUp, 1);
      assert.deepInclude(attempts(events)[0], { status: 200, outcome: "ok", ms: 900 });
    }),
  );

  it.effect("ends then though the gateway goes on, with comments or with another answer", () =>
    Effect.gen(function* () {
      const chunks = [...hello, ...Array.from({ length: 100 }, () => ": still here\n\n")];
      const { exit, at, seen } = yield* read([{ chunks }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.strictEqual(at, 900);
      assert.strictEqual(seen.hungUp, 1);
    }),
  );

  it.effect("may end with [DONE] alone", () =>
    Effect.gen(function* () {
      const { exit, at } = yield* read([{ chunks: [event("Hi"), "data: [DONE]\n\n"], then: "open" }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.strictEqual(at, 700);
    }),
  );

  it.effect("ends at once when the connection does", () =>
    Effect.gen(function* () {
      const { exit, at, seen } = yield* read([{ chunks: [...hello, 'data: {"choices":[]}\n\ndata: [DONE]\n\n'] }]);
      assert.isTrue(Result.isSuccess(exit));
      assert.strictEqual(at, 500);
      assert.strictEqual(seen.hungUp, 0);
    }),
  );
});

describe("a reader", () => {
  const long = Array.from({ length: 2_000 }, (_, place) => event(`${place} `));

  it.effect("that is slow holds the gateway back: no more than 256 pieces wait", () => {
    const { seen, client } = scripted({ chunks: [...long, stop], everyMs: 0 });
    return Effect.gen(function* () {
      const gateway = yield* GatewayClient;
      let most = 0;
      let read = 0;
      const slowly = Stream.runForEach(Stream.rechunk(gateway.chatStream(chat), 1), () =>
        Effect.sleep("10 millis").pipe(
          Effect.tap(() =>
            Effect.sync(() => {
              read += 1;
              most = Math.max(most, seen.sent - read);
            }),
          ),
        ),
      );
      const fiber = yield* Effect.forkChild(slowly);
      while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("100 millis");
      yield* Fiber.join(fiber);
      assert.strictEqual(read, 2_000);
      assert.isAbove(seen.paused, 0);
      // Those that wait, and those that were taken with the piece that is worked on.
      assert.isAtMost(most, 2 * 256);
    }).pipe(Effect.provide(client()));
  });

  it.effect("that leaves closes the connection, and is told of no error", () => {
    const { seen, client } = scripted({ chunks: long });
    return Effect.gen(function* () {
      const gateway = yield* GatewayClient;
      const fiber = yield* Effect.forkChild(Stream.runCollect(Stream.take(gateway.chatStream(chat), 2)));
      while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("10 millis");
      const pieces = yield* Fiber.join(fiber);
      assert.deepStrictEqual(pieces, [{ text: "0 " }, { text: "1 " }]);
      assert.strictEqual(seen.hungUp, 1);
      assert.strictEqual(seen.sent, 2);
    }).pipe(Effect.provide(client()));
  });

  it.effect("that is interrupted closes the connection", () => {
    const { seen, client } = scripted({ chunks: long });
    return Effect.gen(function* () {
      const gateway = yield* GatewayClient;
      const fiber = yield* Effect.forkChild(Stream.runDrain(gateway.chatStream(chat)));
      yield* TestClock.adjust("1 second");
      yield* Fiber.interrupt(fiber);
      assert.strictEqual(seen.hungUp, 1);
    }).pipe(Effect.provide(client()));
  });

  it.effect("that reads the same stream twice makes two calls", () => {
    const { seen, client } = scripted({ chunks: hello, everyMs: 0 });
    return Effect.gen(function* () {
      const stream = (yield* GatewayClient).chatStream(chat);
      yield* Stream.runDrain(stream);
      yield* Stream.runDrain(stream);
      assert.lengthOf(seen.requests, 2);
    }).pipe(Effect.provide(client()));
  });
});

describe("a stream that is refused before it is sent", () => {
  it.effect("fails with the field's name", () => {
    const { seen, client } = scripted({});
    return Effect.gen(function* () {
      const gateway = yield* GatewayClient;
      const error = yield* Effect.flip(Stream.runDrain(gateway.chatStream({ messages: [] })));
      assert.deepInclude(error, { _tag: "InvalidRequest" });
      assert.match(error.message, /messages/);
      assert.isEmpty(seen.requests);
    }).pipe(Effect.provide(client()));
  });

  it.effect("by a gateway that holds answers back", () => {
    const { seen, client } = scripted({});
    const gateway = { name: "own", baseUrl: "http://a.example", streaming: "buffered" as const };
    return Effect.gen(function* () {
      const error = yield* Effect.flip(GatewayClient.use((own) => Stream.runDrain(own.chatStream(chat))));
      assert.match(error.message, /stream: is true, but own holds the whole answer back/);
      assert.isEmpty(seen.requests);
    }).pipe(Effect.provide(client({ gateway })));
  });
});
