/** What a person sees while a call is under way: a line for each change of state, and what goes on between them. */
import type { AttemptEnded, CallEvent, CallStarted, Cost, Waiting } from "@sluice/core/effect";
import type { Subject } from "@sluice/errors";
import { formatDuration } from "../duration.ts";
import { dollars } from "./dollars.ts";
import { size } from "./size.ts";
import { type Style, styleOf } from "./style.ts";

const longSilenceMs = 9_000;

export class Progress {
  readonly #note: (line: string) => void;
  readonly #style: Style;
  /** An attempt is under way, and may be waiting for a model to load. */
  #isAsking = false;
  #isQuoted = false;
  /** What goes on, and since when (Unix milliseconds). */
  #doing: { readonly what: string; readonly since: number } | undefined;
  #last: AttemptEnded | undefined;
  /** The code that was last explained: the same sentence need not be read six times. */
  #explained: string | undefined;
  /** What goes on without a sign of life, since when (Unix milliseconds), and how to say how long. */
  #silence: { readonly since: number; readonly line: (time: string) => string } | undefined;
  /** When the call's deadline is, in Unix milliseconds. */
  #endsAt = Infinity;

  constructor(note: (line: string) => void, style: Style = styleOf(false)) {
    this.#note = note;
    this.#style = style;
  }

  /** Whether the call was aborted while an attempt had no answer. */
  get abortedInFlight(): boolean {
    return this.#last?.outcome === "SLUICE-499-ABORTED";
  }

  /** What goes on, and for how long. `now`: Unix milliseconds. */
  status(now: number): string | undefined {
    if (this.#doing === undefined) return undefined;
    const { what, since } = this.#doing;
    const why = this.#isAsking && now - since >= longSilenceMs ? "; a model that loads can take minutes" : "";
    return `${what}  ${formatDuration(Math.max(now - since, 0))}${why}`;
  }

  observe(event: CallEvent): void {
    this.#isAsking = event.type === "attempt-started" && event.pipeline !== "download";
    if (event.pipeline === "download") {
      if (event.type === "call-started") this.#doing = { what: "saving", since: event.at };
      return;
    }
    this.#silence = undefined;
    switch (event.type) {
      case "call-started":
        this.#started(event);
        return;
      case "attempt-started": {
        const again = event.attempt === 1 ? "" : `, attempt ${event.attempt}`;
        this.#doing = { what: `${event.pipeline} on ${event.gateway}${again}`, since: event.at };
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

  /** Whom is asked for what, and what it costs: once, also when a call is begun again. */
  quote({ pipeline, model = "", gateway }: Subject, { units, unit, rate, usd, charges }: Cost): void {
    if (this.#isQuoted) return;
    this.#isQuoted = true;
    const free = charges === "nothing" ? " elsewhere; free here" : "";
    const price = rate === undefined ? "price unknown" : `${rate.label} = ${dollars(usd)}`;
    this.#say(`${this.#style.bold(pipeline)}  ${model}`);
    this.#say(`gateway    ${gateway}`);
    this.#say(`estimate   ${size(units, unit)} × ${price}${free}`);
  }

  #started(event: CallStarted): void {
    const { cost, at, timeoutMs, warnings = [] } = event;
    this.#endsAt = at + timeoutMs;
    if (cost !== undefined) this.quote(event, cost);
    for (const { path, message, fix } of warnings) {
      this.#note(`${this.#style.warn("!")} ${path} ${message}. ${fix}`);
    }
  }

  #waiting(event: Waiting): void {
    this.#doing = { what: event.for === "retry" ? "waiting for the next attempt" : "waiting", since: event.at };
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
