import { failure, isFailure } from "../Failure.ts";

/** The call's one deadline passed. `inFlight`: while an attempt was unanswered; its work may still be billed. */
export class DeadlineExceeded extends failure("DeadlineExceeded")<{
  readonly deadlineMs: number;
  readonly inFlight: boolean;
}>({
  code: "SLUICE-504-DEADLINE",
  message: ({ gateway, pipeline, model, deadlineMs, attempts = [], cause }) =>
    `${pipeline}${model === undefined ? "" : ` with ${model}`} on ${gateway} gave no result within ${deadlineMs / 1000} s (${attempts.length} ${attempts.length === 1 ? "attempt" : "attempts"})${isFailure(cause) ? `; before that, ${cause.code}` : ""}.`,
  fix: ({ cause }) =>
    isFailure(cause)
      ? `Allow more time (timeoutMs, --timeout). ${cause.fix}`
      : "Use a warm model or another gateway, or allow more time (timeoutMs, --timeout).",
  retryable: true,
  mayHaveRun: ({ inFlight }) => inFlight,
}) {}
