/** What a person sees while a call is under way: a line for each change of state, never an animation. */
import type { AttemptEnded, CallEvent, CallStarted, Waiting } from "@sluice/core/effect";
import { formatMegapixels } from "@sluice/pricing";
import { formatDuration } from "../duration.ts";
import { dollars } from "./dollars.ts";

const longSilenceMs = 9_000;

export class Progress {
  readonly #note: (line: string) => void;
  #last: AttemptEnded | undefined;
  /** The code that was last explained: the same sentence need not be read six times. */
  #explained: string | undefined;
  #attempt: { readonly attempt: number; readonly since: number } | undefined;
  /** When the call's deadline is, in Unix milliseconds. */
  #endsAt = Infinity;

  constructor(note: (line: string) => void) {
    this.#note = note;
  }

  /** Whether the call was aborted while an attempt had no answer. */
  get abortedInFlight(): boolean {
    return this.#last?.outcome === "SLUICE-499-ABORTED";
  }

  observe(event: CallEvent): void {
    switch (event.type) {
      case "call-started":
        this.#started(event);
        return;
      case "attempt-started":
        this.#attempt = { attempt: event.attempt, since: event.at };
        return;
      case "attempt-ended":
        this.#attempt = undefined;
        this.#last = event;
        return;
      case "waiting":
        this.#waiting(event);
        return;
      case "call-ended":
        this.#attempt = undefined;
    }
  }

  /** Explains a long silence: a gateway may hold the request while a model loads. `now`: Unix milliseconds. */
  heartbeat(now: number): void {
    if (this.#attempt === undefined) return;
    const { attempt, since } = this.#attempt;
    if (now - since < longSilenceMs) return;
    this.#note(
      `  attempt ${attempt}  no answer for ${formatDuration(now - since)}; a model that loads can take minutes`,
    );
  }

  #started({ cost, model = "", gateway, pipeline, at, timeoutMs, warnings = [] }: CallStarted): void {
    this.#endsAt = at + timeoutMs;
    if (cost === undefined) return;
    const { units, rate, usd, charges } = cost;
    const free = charges === "nothing" ? " elsewhere; free here" : "";
    const size = units === "unknown" ? "size unknown" : formatMegapixels(units);
    const price = rate === undefined ? "price unknown" : `${rate.label} = ${dollars(usd)}`;
    this.#note(`  ${pipeline}  ${model}\n  gateway    ${gateway}\n  estimate   ${size} × ${price}${free}`);
    for (const { path, message, fix } of warnings) this.#note(`! ${path} ${message}. ${fix}`);
  }

  #waiting({ attempt, reason, waitMs, at }: Waiting): void {
    // A wait to the deadline is the last one.
    const next = at + waitMs < this.#endsAt ? "next try in" : "no time for another; the call ends in";
    const status = this.#last?.status ?? "no answer";
    const took = formatDuration(this.#last?.ms ?? 0);
    this.#note(`  attempt ${attempt}  ${status} after ${took}  ${reason.code}  ${next} ${formatDuration(waitMs)}`);
    if (reason.code !== this.#explained) this.#note(`             ${reason.message}`);
    this.#explained = reason.code;
  }
}
