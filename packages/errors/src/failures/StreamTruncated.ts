import { failure } from "../Failure.ts";

/** A token stream ended without a `finish_reason`: a part of the answer is missing. */
export class StreamTruncated extends failure("StreamTruncated")<{
  /** How many pieces of text had come; a stream without any can be asked for again unnoticed. */
  readonly delivered: number;
  /** What the stream itself said before it ended. */
  readonly detail?: string;
}>({
  code: "SLUICE-502-STREAM-TRUNCATED",
  message: ({ gateway, pipeline, delivered, detail }) =>
    `The ${pipeline} stream of ${gateway} ended before it was finished, after ${delivered} ${
      delivered === 1 ? "piece" : "pieces"
    } of text${detail === undefined ? "" : `: ${detail}`}.`,
  fix: ({ delivered }) =>
    delivered === 0
      ? "Call again; nothing of the answer had come, but the gateway may bill both."
      : "Treat the text as incomplete. Call again only if a second charge is acceptable, and discard what had come.",
  retryable: true,
  mayHaveRun: true,
}) {}
