import { failure } from "../Failure.ts";

/** An answer that is not what the pipeline returns: HTML from a proxy, broken JSON, other fields. */
export class MalformedResponse extends failure("MalformedResponse")<{
  /** `null` when what came was not HTTP. */
  readonly status: number | null;
  /** What was wrong with it. */
  readonly reason: string;
  /** The start of the body, redacted. */
  readonly excerpt?: string;
  /** Where it was longer than the caller takes: how much that is, in bytes. */
  readonly limitBytes?: number;
}>({
  code: "SLUICE-502-MALFORMED",
  message: ({ gateway, pipeline, status, reason }) =>
    `${gateway} answered ${pipeline}${status === null ? "" : ` with HTTP ${status}`}, but ${reason}.`,
  fix: ({ pipeline, limitBytes }) =>
    pipeline === "download" && limitBytes !== undefined
      ? "Allow more bytes with `maxBytes`, if so large a file is expected; save it to a file rather than to memory."
      : "Check that the base URL is a Livepeer gateway and not a web page, a login portal or a proxy.",
  retryable: false,
  mayHaveRun: ({ status }) => status !== null && status < 300,
}) {}
