/** For commands that run until they are stopped: Ctrl-C is how they end, or that nobody reads any more; and no failure. */
import * as Effect from "effect/Effect";

/** Ends with the first of the two. A second Ctrl-C ends the process as ever. */
export const untilInterrupted = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A | "interrupted", E, R> =>
  Effect.raceFirst(effect, interruption);

/** Who listens already would end the process: they are put aside. */
const interruption = Effect.callback<"interrupted">((resume) => {
  const others = process.listeners("SIGINT");
  const restore = (): void => {
    process.removeListener("SIGINT", stop);
    process.stdout.removeListener("error", stop);
    for (const other of others) process.on("SIGINT", other);
  };
  const stop = (): void => resume(Effect.succeed("interrupted"));
  process.removeAllListeners("SIGINT");
  process.once("SIGINT", stop);
  process.stdout.once("error", stop);
  return Effect.sync(restore);
});
