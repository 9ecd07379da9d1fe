import { failure } from "../Failure.ts";

/** 404: nothing answers at the pipeline's path; or the gateway is known not to have it, and was not asked. */
export class PipelineNotOffered extends failure("PipelineNotOffered")<{
  readonly url?: string;
  /** What the gateway's profile lists instead; then nothing was sent. */
  readonly offers?: ReadonlyArray<string>;
}>({
  code: "SLUICE-404-PIPELINE",
  message: ({ gateway, pipeline, url }) =>
    `${gateway} does not offer ${pipeline}${url === undefined ? "" : ` at ${url}`}.`,
  fix: ({ offers }) =>
    offers !== undefined
      ? `Choose another gateway; the profile of this one lists ${offers.join(", ")}.`
      : "Check the base URL (it ends where the pipeline's name begins), or choose another gateway.",
  retryable: false,
  mayHaveRun: false,
}) {}
