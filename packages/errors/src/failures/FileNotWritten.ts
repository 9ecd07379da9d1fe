import { failure } from "../Failure.ts";

/** A result arrived but could not be written to disk; it is still at `url` for a while. */
export class FileNotWritten extends failure("FileNotWritten")<{
  readonly path: string;
  readonly url: string;
  readonly reason: string;
}>({
  code: "SLUICE-507-FILE",
  message: ({ path, reason }) => `The result could not be written to ${path}: ${reason}.`,
  fix: ({ url }) => `Choose a place that can be written to. For a short time the result can still be had at ${url}.`,
  retryable: false,
  mayHaveRun: true,
}) {}
