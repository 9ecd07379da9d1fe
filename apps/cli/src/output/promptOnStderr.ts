/** A question for a person, on stderr: stdout carries the product alone. Whoever leaves it interrupts the command. */
import * as Prompt from "effect/cli/Prompt";
import * as Effect from "effect/Effect";
import * as Terminal from "effect/Terminal";

export const promptOnStderr = <A>(prompt: Prompt.Prompt<A>) =>
  Effect.gen(function* () {
    const terminal = yield* Terminal.Terminal;
    const display = (text: string) => Effect.sync(() => void process.stderr.write(text));
    return yield* Prompt.run(prompt).pipe(
      Effect.provideService(Terminal.Terminal, Terminal.make({ ...terminal, display })),
      Effect.catchTag("QuitError", () => Effect.interrupt),
    );
  });
