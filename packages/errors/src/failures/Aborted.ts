import { failure } from "../Failure.ts";

/** The caller's `AbortSignal` ended the call. */
export class Aborted extends failure("Aborted")({
  code: "SLUICE-499-ABORTED",
  message: ({ pipeline, gateway }) => `The caller aborted ${pipeline} on ${gateway}.`,
  fix: "Nothing, if the abort was wanted. An attempt that was under way may still be billed.",
  retryable: true,
  mayHaveRun: true,
}) {}
