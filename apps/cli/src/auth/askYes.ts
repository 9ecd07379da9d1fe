/** A question that is answered with yes or no, on stderr; no is what anything else means. */
import * as Effect from "effect/Effect";
import { createInterface } from "node:readline";

export const askYes = (question: string): Effect.Effect<boolean> =>
  Effect.callback<boolean>((resume) => {
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    const close = () => reader.close();
    reader.once("SIGINT", () => resume(Effect.interrupt));
    reader.question(`${question} [y/N] `, (answer) => resume(Effect.succeed(/^y(es)?$/i.test(answer.trim()))));
    reader.once("close", () => resume(Effect.succeed(false)));
    return Effect.sync(close);
  }).pipe(Effect.tap(() => Effect.sync(() => process.stdin.pause())));
