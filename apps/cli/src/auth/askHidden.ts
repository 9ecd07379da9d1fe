/** Asks for a key on a terminal without showing it: stars on stderr, so that a paste is seen to have arrived. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";

interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** More would wrap on small terminals, and tell how long the key is. */
const mostStars = 36;

/** What a terminal sends for an arrow or around a paste, and is not typed. */
const sequence = /\u001B(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/gs;

/** Ctrl-C, and the end of the input, interrupt. */
export const askHidden = (
  question: string,
  { input, output }: Streams = { input: process.stdin, output: process.stderr },
): Effect.Effect<Redacted.Redacted> =>
  Effect.callback<Redacted.Redacted>((resume) => {
    let typed: ReadonlyArray<string> = [];
    const draw = (): void => {
      output.write(`\r\u001B[2K${question}${"*".repeat(Math.min(typed.length, mostStars))}`);
    };
    const close = (): void => {
      input.off("data", read).off("end", leave);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
    };
    const leave = (): void => {
      close();
      resume(Effect.interrupt);
    };
    const read = (data: Buffer): void => {
      for (const letter of data.toString("utf8").replace(sequence, "")) {
        if (letter === "\u0003" || (letter === "\u0004" && typed.length === 0)) {
          leave();
          return;
        }
        if (letter === "\r" || letter === "\n") {
          draw();
          close();
          resume(Effect.succeed(Redacted.make(typed.join("").trim())));
          return;
        }
        if (letter === "\u007F" || letter === "\b") typed = typed.slice(0, -1);
        else if (letter === "\u0015") typed = [];
        else typed = [...typed, letter];
      }
      draw();
    };
    // Before the question: what is typed at once must not be echoed either.
    input.setRawMode(true);
    input.on("data", read).on("end", leave).resume();
    draw();
    return Effect.sync(close);
  });
