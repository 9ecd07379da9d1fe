/** What @sluice/telemetry publishes as data: JSON Schemas of the file of objectives, of snapshots and of reports. */
import { Report, SloFile, Snapshot } from "@sluice/telemetry";
import { schemaFilesOf } from "./jsonSchemas.ts";

/** File names and texts. */
export const schemaFiles = (): Promise<ReadonlyMap<string, string>> =>
  schemaFilesOf("telemetry", [
    { name: "slo", title: "Objectives and their alerts", schema: SloFile, io: "input" },
    { name: "snapshot", title: "All that was counted, to be added up", schema: Snapshot, io: "output" },
    { name: "report", title: "The figures, worked out", schema: Report, io: "output" },
  ]);
