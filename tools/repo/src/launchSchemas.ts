/** What @sluice/readiness publishes as data: JSON Schemas of the files that people write and of those that it writes. */
import { AttestationFile, BaselineFile, DrillReport, LaunchReport, LaunchSettings } from "@sluice/readiness";
import { schemaFilesOf } from "./jsonSchemas.ts";

/** File names and texts. */
export const schemaFiles = (): Promise<ReadonlyMap<string, string>> =>
  schemaFilesOf("readiness", [
    {
      name: "launch",
      title: "launch.toml: what a team says about its application",
      schema: LaunchSettings,
      io: "input",
    },
    { name: "attestations", title: "launch.attest.toml: the word of people", schema: AttestationFile, io: "input" },
    { name: "baseline", title: "What a team knows of and lives with for now", schema: BaselineFile, io: "output" },
    { name: "report", title: "All that a review of a launch says", schema: LaunchReport, io: "output" },
    { name: "drill", title: "What a drill saw of a program", schema: DrillReport, io: "output" },
  ]);
