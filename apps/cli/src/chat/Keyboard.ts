/** The lines that a person types, with Ctrl-C told apart: it ends an answer, and not the program. */
import * as Effect from "effect/Effect";
import { createInterface, type Interface } from "node:readline";

export type Typed =
  { readonly kind: "line"; readonly text: string } | { readonly kind: "interrupt" } | { readonly kind: "end" };

export class Keyboard {
  readonly #lines: Interface;
  /** Typed while nobody waited. */
  readonly #waiting: Array<Typed> = [];
  #onTyped: ((typed: Typed) => void) | undefined;
  #onInterrupt: (() => void) | undefined;
  #isEnded = false;

  constructor(prompt: string) {
    this.#lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true, prompt });
    this.#lines.on("line", (text) => this.#typed({ kind: "line", text }));
    this.#lines.on("SIGINT", () => {
      if (this.#onInterrupt === undefined) this.#typed({ kind: "interrupt" });
      else this.#onInterrupt();
    });
    this.#lines.once("close", () => {
      this.#isEnded = true;
      this.#typed({ kind: "end" });
    });
  }

  /** The next thing typed, after a prompt. */
  readonly next: Effect.Effect<Typed> = Effect.callback<Typed>((resume) => {
    const early = this.#waiting.shift();
    if (early !== undefined) {
      resume(Effect.succeed(early));
      return;
    }
    if (this.#isEnded) {
      resume(Effect.succeed({ kind: "end" }));
      return;
    }
    this.#onTyped = (typed) => resume(Effect.succeed(typed));
    this.#lines.prompt();
  });

  /** Until Ctrl-C, which then is nothing typed. */
  readonly interrupted: Effect.Effect<"stopped"> = Effect.callback<"stopped">((resume) => {
    this.#onInterrupt = () => resume(Effect.succeed("stopped"));
    return Effect.sync(() => {
      this.#onInterrupt = undefined;
    });
  });

  /** Forgets what stands behind the prompt, and says whether anything did. */
  clear(): boolean {
    const isFilled = this.#lines.line !== "";
    this.#lines.write(null, { ctrl: true, name: "e" });
    this.#lines.write(null, { ctrl: true, name: "u" });
    process.stderr.write("\n");
    return isFilled;
  }

  close(): void {
    this.#lines.close();
  }

  #typed(typed: Typed): void {
    const tell = this.#onTyped;
    this.#onTyped = undefined;
    if (tell === undefined) this.#waiting.push(typed);
    else tell(typed);
  }
}
