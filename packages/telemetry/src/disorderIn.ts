/**
 * The order in which events come, as rules that can be checked: in tests, and of events that were kept.
 *
 * A call starts once, first, and ends once, last. Attempts count from 1, and each ends before anything else happens; a
 * wait is between attempts, or before the first. Only a wait at the gate ends with its opening. What succeeds is the end.
 */
import type { AttemptEnded, AttemptStarted, CallEnded, CallEvent, CallStarted } from "./CallEvent.ts";

/** A sentence for each event that is out of order; none of calls that are over and in order, interleaved as they may be. */
export const disorderIn = (events: ReadonlyArray<CallEvent>): ReadonlyArray<string> =>
  [...Map.groupBy(events, ({ requestId }) => requestId).values()].flatMap(inOneCall);

const inOneCall = (events: ReadonlyArray<CallEvent>): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const story = new Story();
  events.forEach((event, place) => {
    const wrong =
      place === 0 && event.type !== "call-started" ? ["comes before the call has started"] : story.next(event);
    for (const what of wrong) found.push(`${event.requestId}: event ${place + 1}, ${event.type}, ${what}`);
  });
  if (!story.over) found.push(`${events[0]?.requestId ?? ""}: the call has no end`);
  return found;
};

/** One call, as far as it is told. */
class Story {
  over = false;
  #started: CallStarted | undefined;
  #attempts = 0;
  #running: AttemptStarted | undefined;
  #last: AttemptEnded | undefined;
  #atGate = false;

  /** What is wrong with what comes next. */
  next(event: CallEvent): ReadonlyArray<string> {
    const rules = this.#rules(event);
    this.#tell(event);
    return rules.flatMap(([holds, what]) => (holds ? [] : [what]));
  }

  #rules(event: CallEvent): ReadonlyArray<readonly [holds: boolean, what: string]> {
    const idle = [this.#running === undefined, `comes while attempt ${this.#attempts} is under way`] as const;
    const general = [
      [!this.over, "comes after the call's end"],
      [event.type === "call-ended" || this.#last?.outcome !== "ok", "comes after an attempt that succeeded"],
      [event.pipeline === (this.#started ?? event).pipeline, "is of another pipeline"],
    ] as const;
    switch (event.type) {
      case "call-started":
        return [...general, [this.#started === undefined, "starts the call again"]];
      case "attempt-started":
        return [...general, idle, [event.attempt === this.#attempts + 1, `is not of attempt ${this.#attempts + 1}`]];
      case "attempt-ended":
        return [...general, [isEndOf(event, this.#running), "is not of the attempt that is under way"]];
      case "waiting":
        return [...general, idle, [event.attempt === this.#attempts, `counts other than ${this.#attempts} attempts`]];
      case "gate-opened":
        return [...general, [this.#atGate, "comes without a wait at the gate"]];
      case "call-ended":
        return [
          ...general,
          idle,
          [this.#counts(event), `counts other than ${this.#attempts} attempts`],
          [(event.outcome === "ok") === (this.#last?.outcome === "ok"), "disagrees with its last attempt"],
        ];
    }
  }

  #counts({ attempts, statuses }: CallEnded): boolean {
    return attempts === this.#attempts && statuses.length === this.#attempts;
  }

  #tell(event: CallEvent): void {
    if (event.type === "call-started") this.#started = event;
    if (event.type === "attempt-started") {
      this.#attempts += 1;
      this.#running = event;
    }
    if (event.type === "attempt-ended") {
      this.#running = undefined;
      this.#last = event;
    }
    if (event.type === "call-ended") this.over = true;
    this.#atGate = event.type === "waiting" && event.for === "gate";
  }
}

const isEndOf = (end: AttemptEnded, start: AttemptStarted | undefined): boolean =>
  start !== undefined &&
  (["attempt", "gateway", "pipeline", "model"] as const).every((field) => end[field] === start[field]);
