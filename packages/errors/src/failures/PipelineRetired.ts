import { failure } from "../Failure.ts";

/** 410: Livepeer is retiring the batch pipelines in favour of the live runner. */
export class PipelineRetired extends failure("PipelineRetired")({
  code: "SLUICE-410-RETIRED",
  message: ({ gateway, pipeline }) => `${gateway} has retired ${pipeline}; it will not come back.`,
  fix: "Choose a gateway that still offers the pipeline, or move to Livepeer's live runner.",
  retryable: false,
  mayHaveRun: false,
}) {}
