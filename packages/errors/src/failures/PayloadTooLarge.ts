import { failure } from "../Failure.ts";

/** 413, or Studio's 422 for an upload above its cap: the request is larger than the gateway takes. */
export class PayloadTooLarge extends failure("PayloadTooLarge")<{
  readonly status: number;
  /** What the gateway says of it. */
  readonly detail?: string;
}>({
  code: "SLUICE-413-TOO-LARGE",
  message: ({ gateway, pipeline, detail }) =>
    `${gateway} does not take a request of this size for ${pipeline}${detail === undefined ? "" : `: ${detail}`}.`,
  fix: "Send a smaller file or a shorter text: Studio takes uploads up to 10 MiB and JSON up to 100 kB, ai-runner 50 MiB.",
  retryable: false,
  mayHaveRun: false,
}) {}
