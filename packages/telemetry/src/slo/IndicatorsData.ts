/** The counts of objectives as JSON. */
import * as z from "zod";
import { longestMinutes } from "./durations.ts";
import { lastMinute, type Minute } from "./Minutes.ts";

const Count = z.int().min(0);
const Label = z.string().max(300);

/** Of each minute that has events: how many minutes after the one before it, or after 1970; events; bad events. */
const MinutesData = z
  .array(Count)
  .max(3 * (longestMinutes + 1))
  .refine((flat) => {
    if (flat.length % 3 !== 0) return false;
    let last = 0;
    for (let place = 0; place < flat.length; place += 3) {
      const [after = 0, events = 0, bad = 0] = flat.slice(place, place + 3);
      if ((after === 0 && place > 0) || events === 0 || bad > events) return false;
      last += after;
    }
    return last <= lastMinute;
  }, "the minutes are not in order, or have more bad events than events");

export type MinutesData = z.output<typeof MinutesData>;

export const IndicatorsData = z
  .array(
    z
      .strictObject({
        objective: Label,
        gateway: Label,
        pipeline: Label,
        events: Count.describe("Since the start; so are the bad ones."),
        bad: Count,
        minutes: MinutesData,
      })
      .refine(({ events, bad }) => bad <= events, "there are more bad events than events"),
  )
  .max(100_000)
  .describe("For each objective, gateway and pipeline that has events.");

export type IndicatorsData = z.output<typeof IndicatorsData>;

export const minutesToData = (minutes: Iterable<Minute>): MinutesData => {
  const flat: MinutesData = [];
  let last = 0;
  for (const { minute, events, bad } of minutes) {
    flat.push(minute - last, events, bad);
    last = minute;
  }
  return flat;
};

export function* minutesOfData(flat: MinutesData): Generator<Minute> {
  let minute = 0;
  for (let place = 0; place < flat.length; place += 3) {
    minute += flat[place] ?? 0;
    yield { minute, events: flat[place + 1] ?? 0, bad: flat[place + 2] ?? 0 };
  }
}
