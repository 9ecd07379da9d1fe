import { failure } from "../Failure.ts";

/** 500 other than Studio's mask: the model ran, or tried to, and failed. */
export class InferenceFailed extends failure("InferenceFailed")<{
  readonly status: number;
  readonly detail?: string;
}>({
  code: "SLUICE-500-INFERENCE",
  message: ({ gateway, pipeline, model, status, detail }) =>
    `${pipeline} failed on ${gateway}${model === undefined ? "" : ` with ${model}`} (HTTP ${status}${detail === undefined ? "" : `: ${detail}`}).`,
  fix: "Try a smaller image, other parameters or another model; a second identical call may be billed again.",
  retryable: true,
  mayHaveRun: true,
}) {}
