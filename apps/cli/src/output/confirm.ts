/** A question whose answer is yes or no, asked on stderr; only where `output.asks`. */
import * as Effect from "effect/Effect";
import { createInterface } from "node:readline";
import type { OutputShape } from "./Output.ts";

/** Everything but `y` and `yes` is no, as is the end of the input. Ctrl-C interrupts, as everywhere. */
export const confirm = (question: string, { status, noteStyle }: OutputShape): Effect.Effect<boolean> =>
  Effect.callback<boolean>((resume) => {
    status(undefined);
    // The terminal itself edits the line, and turns Ctrl-C into a signal.
    const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
    lines.once("close", () => resume(Effect.succeed(false)));
    lines.question(`${noteStyle.accent("?")} ${question} [y/N] `, (answer) => {
      resume(Effect.succeed(/^\s*y(es)?\s*$/i.test(answer)));
      lines.close();
    });
    return Effect.sync(() => lines.close());
  });
