/** A command's flags are read at every start; what it does is loaded when it is asked to do it. */
import * as Effect from "effect/Effect";

export interface Loaded<Input, E, R> {
  readonly run: (input: Input) => Effect.Effect<void, E, R>;
}

export const lazily =
  <Input, E, R>(load: () => Promise<Loaded<Input, E, R>>) =>
  (input: Input): Effect.Effect<void, E, R> =>
    Effect.flatMap(Effect.promise(load), ({ run }) => run(input));
