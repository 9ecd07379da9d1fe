/** Tells the person who waits that something goes on: a line that changes on a terminal, else a line now and then. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { OutputShape } from "../output/Output.ts";
import type { Progress } from "../output/Progress.ts";

/** How often a person is told that nothing is wrong. */
const heartbeat = "10 seconds";
/** How often the time on the live line moves on. */
const tick = "100 millis";

export const watch = <A, E, R>(
  self: Effect.Effect<A, E, R>,
  progress: Progress,
  output: OutputShape,
): Effect.Effect<A, E, R> => {
  const tell = (every: typeof heartbeat | typeof tick, look: (now: number) => void): Effect.Effect<never> =>
    Effect.sleep(every).pipe(Effect.andThen(Clock.currentTimeMillis), Effect.map(look), Effect.forever);
  const telling = output.animates
    ? tell(tick, (now) => output.status(progress.status(now)))
    : tell(heartbeat, (now) => progress.heartbeat(now));
  return Effect.raceFirst(self, telling);
};
