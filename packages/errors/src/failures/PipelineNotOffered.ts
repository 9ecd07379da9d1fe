import { failure } from "../Failure.ts";

/** 404: nothing answers at the pipeline's path. */
export class PipelineNotOffered extends failure("PipelineNotOffered")<{ readonly url?: string }>({
  code: "SLUICE-404-PIPELINE",
  message: ({ gateway, pipeline, url }) =>
    `${gateway} does not offer ${pipeline}${url === undefined ? "" : ` at ${url}`}.`,
  fix: "Check the base URL (it ends where the pipeline's name begins), or choose another gateway.",
  retryable: false,
  mayHaveRun: false,
}) {}
