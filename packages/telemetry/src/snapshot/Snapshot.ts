/**
 * All that was counted, as JSON: what processes send each other to be added up. It has no percentiles, which cannot be
 * added: a `Report` has them.
 */
import { unitNames } from "@sluice/models";
import * as z from "zod";
import { Sketch } from "../measure/Sketch.ts";
import { longestUs } from "../measure/SketchBins.ts";
import { IndicatorsData } from "../slo/IndicatorsData.ts";

const Count = z.int().min(0);

/** An exact integer, which JSON's numbers may not hold. */
const Whole = z.string().regex(/^\d{1,30}$/);

const Time = Count.max(longestUs);

const Status = z.string().regex(/^([1-5]\d\d|none|other)$/);

const Outcome = z.string().regex(/^(ok|defect|other|SLUICE-\d{3}-[A-Z-]{1,40})$/);

const Label = z.string().max(300);

const SketchJson = z
  .strictObject({
    count: Count,
    sumUs: Count,
    minUs: Time,
    maxUs: Time,
    bins: z
      .array(Count)
      .max(2 * Sketch.binCount)
      .readonly()
      .describe("Index and count of each bin that has any, by index."),
  })
  .refine(({ count, bins }) => {
    const places = bins.filter((_, at) => at % 2 === 0);
    const counts = bins.filter((_, at) => at % 2 === 1);
    const inOrder = places.every((place, at) => place < Sketch.binCount && place > (places[at - 1] ?? -1));
    return inOrder && places.length === counts.length && counts.reduce((sum, one) => sum + one, 0) === count;
  }, "the bins do not add up to the count")
  .refine(
    ({ count, bins, minUs, maxUs }) => count === 0 || Sketch.spans(bins, minUs, maxUs),
    "the first bin is not that of the least value, or the last not that of the greatest",
  );

const Slots = z
  .array(z.tuple([Count, SketchJson]).readonly())
  .max(100)
  .readonly();

const Series = z.strictObject({
  gateway: Label,
  pipeline: Label,
  model: Label,
  attempts: z.array(z.strictObject({ status: Status, outcome: Outcome, count: Count })),
  calls: z.array(z.strictObject({ outcome: Outcome, count: Count })),
  waits: z.strictObject({ retry: Count, gate: Count, pace: Count, turn: Count }),
  units: z.array(z.strictObject({ unit: z.enum(unitNames), count: Whole })),
  latencies: z.array(
    z.strictObject({
      start: z.enum(["warm", "cold"]),
      result: z.enum(["ok", "failed"]),
      all: SketchJson,
      minutes: Slots.describe("By the number of the minute since 1970."),
      halfHours: Slots.describe("By the number of the half hour since 1970."),
    }),
  ),
  attemptMs: SketchJson,
  firstChunkMs: SketchJson,
  retries: Count,
  coldStarts: Count,
  waitedUs: Count,
  nanoUsd: Whole.describe("Billionths of a dollar."),
  unpriced: Count,
  free: Count,
});

export const Snapshot = z.strictObject({
  version: z.literal(1),
  at: z.number().describe("When it was taken, in Unix milliseconds."),
  since: z.number().nullable().describe("When the first event was."),
  series: z.array(Series),
  inflight: z.record(Label, z.int()).describe("Calls that are under way, by pipeline."),
  indicators: IndicatorsData,
});

export type Snapshot = z.output<typeof Snapshot>;
export type SeriesData = Snapshot["series"][number];
