/**
 * Lets virtual time pass around real sockets.
 *
 * The client and the emulator share one `TestClock`, but their bytes need real turns of the event loop. So time moves
 * only while nothing else can: the client waits for its next attempt, or the emulator holds its request.
 */
import type { CallEvent } from "@sluice/core/effect";
import type { Emulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";

export class Watch {
  readonly events: Array<CallEvent> = [];
  readonly observe = (event: CallEvent): void => {
    this.events.push(event);
  };

  isStalled(emulator: Emulator): boolean {
    const last = this.events.at(-1);
    if (last?.type === "waiting") return true;
    const asked = emulator.journal().at(-1);
    return last?.type === "attempt-started" && asked?.end === "open" && asked.body !== undefined;
  }
}

const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));

/** Runs the effect to its exit, in steps of a tenth of a virtual second. */
export const passTime = <A, E, R>(effect: Effect.Effect<A, E, R>, watch: Watch, emulator: Emulator) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.exit(effect));
    while (fiber.pollUnsafe() === undefined) {
      yield* turn;
      if (watch.isStalled(emulator)) yield* TestClock.adjust("100 millis");
    }
    return yield* Fiber.join(fiber);
  });
