import { failure } from "../Failure.ts";

/** 403: the key is known, but it may not do this. */
export class Forbidden extends failure("Forbidden")<{ readonly detail?: string }>({
  code: "SLUICE-403-FORBIDDEN",
  message: ({ gateway, pipeline, detail }) =>
    `The API key may not use ${pipeline} on ${gateway}${detail === undefined ? "" : `: ${detail}`}.`,
  fix: "Use a backend key. CORS-enabled keys with restricted access cannot call generate.",
  retryable: false,
  mayHaveRun: false,
}) {}
