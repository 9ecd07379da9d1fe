/** What earlier runs of Sluice left for the checks to read, as files below `.sluice/launch`. */
import * as z from "zod";
import { DrillReport } from "../drill/DrillReport.ts";

export const evidenceFolder = ".sluice/launch";

const time = z.iso.datetime({ offset: true });

/** `sluice cost project --save`. */
export const Projection = z.looseObject({
  version: z.literal(1),
  at: time,
  perMonth: z.strictObject({ usd: z.string(), atLeast: z.boolean() }),
  /** Of every rate that it used: what it is, who says so, and when they did. */
  rates: z.array(z.strictObject({ label: z.string(), source: z.string(), asOf: z.string() })),
  unpriced: z.array(z.string()).describe("What has no known price."),
});
export type Projection = z.infer<typeof Projection>;

/** `sluice api alerts test --save`: what each webhook answered. */
export const Deliveries = z.looseObject({
  version: z.literal(1),
  at: time,
  webhooks: z.array(z.strictObject({ host: z.string(), isTaken: z.boolean() })).min(1),
});
export type Deliveries = z.infer<typeof Deliveries>;

/** By name; the file is `<name>.json`. */
export const evidenceSchemas = { drill: DrillReport, projection: Projection, deliveries: Deliveries } as const;
export type EvidenceName = keyof typeof evidenceSchemas;

/** What could be read. `mistakes`: a line for each file that is there and is not what Sluice wrote. */
export interface Evidence {
  readonly drill?: DrillReport;
  readonly projection?: Projection;
  readonly deliveries?: Deliveries;
  readonly mistakes: ReadonlyArray<string>;
}
