import { failure } from "../Failure.ts";

/** 401: the gateway, or a proxy in front of it, does not accept the key. */
export class Unauthorized extends failure("Unauthorized")({
  code: "SLUICE-401-UNAUTHORIZED",
  message: ({ gateway }) => `${gateway} did not accept the API key.`,
  fix: "Set LIVEPEER_API_KEY to a valid backend key of this gateway: no quotes, no spaces, no 'Bearer' in front.",
  retryable: false,
  mayHaveRun: false,
}) {}
