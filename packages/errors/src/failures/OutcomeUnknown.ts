import { failure } from "../Failure.ts";

/** The connection broke after the request was sent: the gateway may have done the work. Never repeated on its own. */
export class OutcomeUnknown extends failure("OutcomeUnknown")<{ readonly status: number | null }>({
  code: "SLUICE-502-OUTCOME-UNKNOWN",
  message: ({ gateway, pipeline, status }) =>
    `The connection to ${gateway} broke ${status === null ? "after the request was sent" : "in the middle of the answer"}; whether ${pipeline} ran is unknown.`,
  fix: "Call again only if a second charge is acceptable.",
  retryable: true,
  mayHaveRun: true,
}) {}
