import { failure } from "../Failure.ts";

/** 415, or a 400 or 422 that says the same: the gateway cannot read the request's format or its media. */
export class UnsupportedMedia extends failure("UnsupportedMedia")<{
  readonly status: number;
  /** What the gateway says of it. */
  readonly detail?: string;
}>({
  code: "SLUICE-415-UNSUPPORTED-MEDIA",
  message: ({ gateway, pipeline, detail }) =>
    `${gateway} cannot read the format of this ${pipeline} request${detail === undefined ? "" : `: ${detail}`}.`,
  fix: "Send images as PNG, JPEG or GIF, audio as WAV, MP3, FLAC, M4A, MP4 or WebM, and files as multipart/form-data.",
  retryable: false,
  mayHaveRun: false,
}) {}
