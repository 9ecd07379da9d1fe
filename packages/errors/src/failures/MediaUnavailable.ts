import { failure } from "../Failure.ts";

/** A result's media is no longer where the gateway said. */
export class MediaUnavailable extends failure("MediaUnavailable")<{ readonly url: string; readonly status: number }>({
  code: "SLUICE-404-MEDIA",
  message: ({ gateway, url, status }) => `${gateway} no longer has ${url} (HTTP ${status}).`,
  fix: "Download results at once: gateways keep only 12 files of a request, in memory, until they restart.",
  retryable: false,
  mayHaveRun: true,
}) {}
