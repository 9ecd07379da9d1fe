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
  /** What goes on without a sign of life, since when (Unix milliseconds), and how to say how long. */
  #silence: { readonly since: number; readonly line: (time: string) => string } | undefined;
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
    this.#silence = undefined;
    switch (event.type) {
      case "call-started":
        this.#started(event);
        return;
      case "attempt-started": {
        const line = (time: string) =>
          `attempt ${event.attempt}  no answer for ${time}; a model that loads can take minutes`;
        this.#silence = { since: event.at, line };
        return;
      }
      case "attempt-ended":
        this.#last = event;
        return;
      case "waiting":
        this.#waiting(event);
        return;
      case "gate-opened":
        this.#say(
          `waited     ${formatDuration(event.waitedMs)} for ${event.model ?? "the model"} on ${event.gateway}; it is asked now`,
        );
    }
  }

  /** Explains a long silence: a gateway may hold the request while a model loads. `now`: Unix milliseconds. */
  heartbeat(now: number): void {
    if (this.#silence === undefined) return;
    const { since, line } = this.#silence;
    if (now - since >= longSilenceMs) this.#say(line(formatDuration(now - since)));
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

  #waiting(event: Waiting): void {
    const { for: what, gateway, model = "the model", reason, waitMs, at } = event;
    if (what === "retry") {
      this.#retrying(event);
      return;
    }
    const time = waitMs === undefined ? "" : `${formatDuration(waitMs)} `;
    const sentence = {
      gate:
        reason === undefined
          ? `for the first answer of ${model} on ${gateway}, which another call asks for`
          : `for news of ${model} on ${gateway}, which is cold; another call asks for it`,
      pace: `${time}to keep to the rate limit of ${gateway}`,
      turn: `for a turn: ${gateway} has as many calls as it may have at once`,
    }[what];
    this.#say(`waiting    ${sentence}`);
    if (waitMs === undefined) this.#silence = { since: at, line: (so) => `waiting    ${so} so far` };
  }

  #retrying({ attempt, reason, waitMs = 0, at }: Waiting): void {
    // A wait to the deadline is the last one.
    const next = at + waitMs < this.#endsAt ? "next try in" : "no time for another; the call ends in";
    const status = this.#last?.status ?? "no answer";
    const took = formatDuration(this.#last?.ms ?? 0);
    const code = reason?.code ?? "";
    this.#say(`attempt ${attempt}  ${status} after ${took}  ${code}  ${next} ${formatDuration(waitMs)}`);
    if (reason !== undefined && code !== this.#explained) this.#say(`           ${reason.message}`);
    this.#explained = code;
  }

  #say(line: string): void {
    this.#note(`  ${line}`);
  }
}
