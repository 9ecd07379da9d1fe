import { failure } from "../Failure.ts";

/** The caller ended the call. `inFlight`: while an attempt was unanswered; its work may still be billed. */
export class Aborted extends failure("Aborted")<{ readonly inFlight?: boolean }>({
  code: "SLUICE-499-ABORTED",
  message: ({ pipeline, gateway }) => `The caller aborted ${pipeline} on ${gateway}.`,
  fix: ({ inFlight = true }) =>
    `Nothing, if the abort was wanted.${inFlight ? " An attempt that was under way may still be billed." : ""}`,
  retryable: true,
  mayHaveRun: ({ inFlight = true }) => inFlight,
}) {}
