/** A download that is passed on as it comes. */
import { assert, describe, it } from "@effect/vitest";
import { isGatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Download } from "../src/media/Download.ts";
import { mediaStream } from "../src/media/mediaStream.ts";
import { Runner } from "../src/promise/Runner.ts";
import { downloading } from "./downloading.ts";
import { endless, http, settled, until } from "./servers.ts";

const content = Buffer.alloc(3_000_000, "media");

const read = async (stream: ReadableStream<Uint8Array>) => {
  const chunks: Array<Uint8Array> = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const runner = new Runner("it");
const streamOf = (media: Download) =>
  Effect.tryPromise({
    try: () => mediaStream(media, (call) => runner.start("download", call)),
    catch: (error) => error,
  });

const wholeOf = (stream: ReadableStream<Uint8Array>) => Effect.promise(() => read(stream));

describe("a streamed download", () => {
  it.live("gives the bytes, in order", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => response.end(content));
      const whole = yield* downloading(origin, (media) => Effect.flatMap(streamOf(media), wholeOf));
      assert.isTrue(whole.equals(content));
    }),
  );

  it.live("is tried again until its first bytes, and fails as a call does before them", () =>
    Effect.gen(function* () {
      let calls = 0;
      const origin = yield* http((request, response) => {
        calls += 1;
        if (request.url === "/gone") response.writeHead(404).end("gone");
        else if (calls < 3) response.writeHead(200, { "content-length": 9 }).flushHeaders();
        else response.end(content);
        if (calls < 3 && request.url !== "/gone") setImmediate(() => response.destroy());
      });
      const whole = yield* downloading(origin, (media) => Effect.flatMap(streamOf(media), wholeOf));
      assert.strictEqual(calls, 3);
      assert.isTrue(whole.equals(content));
      const error = yield* downloading(origin, (media) => Effect.flip(streamOf({ ...media, url: `${origin}/gone` })));
      assert.include(error, { _tag: "MediaUnavailable", status: 404 });
    }),
  );

  it.live("is no stream when a web page comes in its place", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => response.end("<html>Log in</html>"));
      const error = yield* downloading(origin, (media) => Effect.flip(streamOf(media)));
      assert.include(error, { _tag: "MalformedResponse", reason: "the body is a web page" });
    }),
  );

  it.live("is no stream when the web page comes byte by byte", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.write("<");
        setTimeout(() => response.end(`html>${"Log in ".repeat(99)}`), 20);
      });
      const error = yield* downloading(origin, (media) => Effect.flip(streamOf(media)));
      assert.include(error, { _tag: "MalformedResponse", reason: "the body is a web page" });
    }),
  );

  it.live.each([
    ["breaks off", {}, "OutcomeUnknown"],
    ["is longer than allowed", { maxBytes: 500_000 }, "MalformedResponse"],
  ] as const)("that %s errors its reader, and is not tried again", ([, limits, tag]) =>
    Effect.gen(function* () {
      let calls = 0;
      const origin = yield* http((_, response) => {
        calls += 1;
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 1_000_000), () => response.destroy());
      });
      const error = yield* downloading(
        origin,
        (media) =>
          Effect.gen(function* () {
            const stream = yield* streamOf(media);
            return yield* Effect.promise(() =>
              read(stream).then(
                () => undefined,
                (cause: unknown) => cause,
              ),
            );
          }),
        limits,
      );
      assert.isTrue(isGatewayError(error, tag));
      assert.strictEqual(calls, 1);
    }),
  );

  it.live("holds the gateway back while nobody reads, and hangs up when it is cancelled", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless();
      yield* downloading(origin, (media) =>
        Effect.gen(function* () {
          const stream = yield* streamOf(media);
          const held = yield* settled(() => seen.sent);
          assert.isBelow(held, 16_000_000);
          const reader = stream.getReader();
          for (let got = 0; got < 2 * held + 1_000_000;)
            got += (yield* Effect.promise(() => reader.read())).value?.length ?? 0;
          assert.isAbove(seen.sent, held);
          yield* Effect.promise(() => reader.cancel());
          yield* until(() => seen.closed === 1);
        }),
      );
    }),
  );
});
