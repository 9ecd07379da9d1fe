/** Alerts though no event comes: whoever has to look at them each minute is told when it is time. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";

export interface Watched {
  /** Looks at the alerts as of `at`, in Unix milliseconds. What it throws is dropped. */
  readonly evaluate: (at: number) => unknown;
}

const minuteMs = 60_000;

/** A second into the minute: a timer that wakes a little early is not to find the minute before. */
const slackMs = 1_000;

/** Looks at once, and then shortly after each whole minute, until it is interrupted. It never ends by itself. */
export const watch = (watched: Watched): Effect.Effect<never> => {
  const look = Clock.currentTimeMillis.pipe(
    Effect.map((at) => void watched.evaluate(at)),
    Effect.catchDefect(() => Effect.void),
  );
  return look.pipe(Effect.repeat(eachMinute), Effect.andThen(Effect.never));
};

const eachMinute = Schedule.forever.pipe(
  Schedule.modifyDelay(({ now }) => Effect.succeed(minuteMs + slackMs - (now % minuteMs))),
);
