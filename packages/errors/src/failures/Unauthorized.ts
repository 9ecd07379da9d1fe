import { failure } from "../Failure.ts";

/**
 * What was wrong with the key:
 * - `missing`: none arrived, or not as `Authorization: Bearer <key>`;
 * - `scheme`: it came under another scheme;
 * - `rejected`: the gateway does not know it, or does not say.
 */
export type UnauthorizedReason = "missing" | "scheme" | "rejected";

const sentences: Record<UnauthorizedReason, string> = {
  missing: "received no API key",
  scheme: "does not take a key in this form",
  rejected: "did not accept the API key",
};

/** 401: the gateway, or a proxy in front of it, does not accept the key. */
export class Unauthorized extends failure("Unauthorized")<{ readonly reason?: UnauthorizedReason }>({
  code: "SLUICE-401-UNAUTHORIZED",
  message: ({ gateway, reason = "rejected" }) => `${gateway} ${sentences[reason]}.`,
  fix: ({ reason = "rejected" }) =>
    reason === "rejected"
      ? "Set LIVEPEER_API_KEY to a valid backend key of this gateway: no quotes, no spaces, no 'Bearer' in front."
      : "Set LIVEPEER_API_KEY; the key travels as `Authorization: Bearer <key>`, with one space and no colon.",
  retryable: false,
  mayHaveRun: false,
}) {}
