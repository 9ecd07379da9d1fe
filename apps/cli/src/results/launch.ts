/** The results of `sluice launch`. A failure with SLUICE-NOT-READY or SLUICE-FINDINGS has the same `report`. */
import { groups, LaunchReport } from "@sluice/readiness";
import { DrillReport, scenarioIds, ScenarioResult } from "@sluice/readiness/drill";
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

export const launchCheck = success("launch check", { report: LaunchReport });
export type LaunchCheck = DoneOf<typeof launchCheck>;

export const launchDrillEvent = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("rehearsed").describe("With a gateway that is well, the program ran to its end."),
    requests: z.int(),
    seconds: z.number(),
  }),
  z.strictObject({ type: z.literal("began"), id: z.enum(scenarioIds), title: z.string() }),
  z.strictObject({ type: z.literal("judged"), result: ScenarioResult }),
]);

export const launchDrill = success("launch drill", {
  report: DrillReport,
  saved: z.string().nullable().describe("The file that `sluice launch check` reads; null: none was written."),
});
export type LaunchDrill = DoneOf<typeof launchDrill>;

export const launchAttest = success("launch attest", {
  file: z.string(),
  id: z.string(),
  by: z.string(),
  on: z.iso.date(),
  until: z.iso.date().describe("The last day on which it counts."),
  evidence: z.string(),
});
export type LaunchAttest = DoneOf<typeof launchAttest>;

export const launchExplain = success("launch explain", {
  checks: z.array(
    z.strictObject({
      id: z.string(),
      group: z.enum(groups),
      title: z.string(),
      asks: z.string(),
      verified: z.string().describe("How it is looked at."),
      cannot: z.string().nullable().describe("What software cannot see of it, and why; null: nothing of the kind."),
      attestedDays: z.int().describe("How many days a person's word for it holds."),
    }),
  ),
});
export type LaunchExplain = DoneOf<typeof launchExplain>;
