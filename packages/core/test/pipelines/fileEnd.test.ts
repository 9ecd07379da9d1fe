/** The end of a file that a call has opened: it takes nothing from what the call has come to. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import { FileSource, openedBy } from "../../src/files/FileSource.ts";
import { gif } from "./samples.ts";
import { answer, type Played, playing } from "./wire.ts";

/** A file whose removal takes a minute; `removed` says how far that is. */
const slowlyRemoved = () => {
  const removed: Array<"begun" | "done"> = [];
  const open = () =>
    Effect.acquireRelease(Effect.succeed(gif(48, 32)), () =>
      Effect.sync(() => removed.push("begun")).pipe(
        Effect.andThen(Effect.sleep("1 minute")),
        Effect.andThen(Effect.sync(() => removed.push("done"))),
      ),
    );
  return { source: openedBy(new FileSource(undefined, {}), open), removed };
};

const describing = (image: FileSource | Blob, ...answers: ReadonlyArray<Played>) => {
  const { asked, client } = playing(...answers);
  const call = GatewayClient.use(({ imageToText }) => imageToText({ image }, { timeoutMs: 5_000 }));
  return { asked, call: Effect.provide(call, client()) };
};

const text = answer(200, { text: "a fox" });

describe("while a file is removed", () => {
  it.effect("the result is there already: an abort comes too late to lose it", () =>
    Effect.gen(function* () {
      const { source, removed } = slowlyRemoved();
      const { call } = describing(source, text);
      const fiber = yield* Effect.forkChild(call);
      while (removed.length === 0) yield* TestClock.adjust(1);
      yield* Fiber.interrupt(fiber);
      const exit = yield* Fiber.await(fiber);
      assert.strictEqual(Exit.isSuccess(exit) ? exit.value.text : exit, "a fox");
      yield* TestClock.adjust("1 minute");
      assert.deepStrictEqual(removed, ["begun", "done"]);
    }),
  );

  it.effect("so is the error, which says whether the call may be paid", () =>
    Effect.gen(function* () {
      const { source, removed } = slowlyRemoved();
      const { call } = describing(source, Effect.never);
      const fiber = yield* Effect.forkChild(Effect.flip(call));
      yield* TestClock.adjust(5_000);
      assert.deepStrictEqual(removed, ["begun"]);
      yield* Fiber.interrupt(fiber);
      assert.include(yield* Fiber.join(fiber), { _tag: "DeadlineExceeded", mayHaveRun: true, deadlineMs: 5_000 });
    }),
  );

  it.effect("a call that was aborted before is not over", () =>
    Effect.gen(function* () {
      const { source, removed } = slowlyRemoved();
      const { asked, call } = describing(source, Effect.never);
      const fiber = yield* Effect.forkChild(call);
      while (asked.length === 0) yield* TestClock.adjust(1);
      const aborting = yield* Effect.forkChild(Fiber.interrupt(fiber));
      yield* TestClock.adjust("59 seconds");
      assert.isUndefined(aborting.pollUnsafe());
      yield* TestClock.adjust("1 second");
      yield* Fiber.join(aborting);
      assert.deepStrictEqual(removed, ["begun", "done"]);
    }),
  );
});

describe("a file that is slow to read", () => {
  /** A disk that does not answer. */
  class Stuck extends Blob {
    override slice(): Blob {
      return this;
    }
    override arrayBuffer(): Promise<ArrayBuffer> {
      return new Promise(() => undefined);
    }
  }

  it.effect("is read in the call's time", () =>
    Effect.gen(function* () {
      const { asked, call } = describing(new Stuck([gif(48, 32)]), text);
      const fiber = yield* Effect.forkChild(Effect.flip(call));
      yield* TestClock.adjust(4_999);
      assert.isUndefined(fiber.pollUnsafe());
      yield* TestClock.adjust(1);
      const error = yield* Fiber.join(fiber);
      assert.include(error, { _tag: "DeadlineExceeded", mayHaveRun: false, deadlineMs: 5_000 });
      assert.isEmpty(asked);
    }),
  );
});
