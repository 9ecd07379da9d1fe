/** What undici's errors mean for the caller: whether the request left, and why it did not. */
import type { Answer, Break, ConnectionReason, GatewayError } from "@sluice/errors";

/** How far an exchange had come when it broke. */
export type Progress = "connecting" | "sent" | { readonly status: number };

/** What takes an answer's body has given it up. */
export class Stopped extends Error {
  readonly error: GatewayError;

  constructor(error: GatewayError) {
    super("the answer was given up");
    this.error = error;
  }
}

export const breakOf = (progress: Progress, error: Error, come: Pick<Answer, "headers" | "body">): Break => {
  if (progress === "connecting") return { kind: "unsent", reason: reasonOf(error), cause: error };
  if (progress !== "sent") {
    const { status } = progress;
    if (error instanceof Stopped) return { kind: "dropped", status, error: error.error };
    return { kind: "cut", status, ...come, cause: error };
  }
  return error.name === "HTTPParserError"
    ? { kind: "unreadable", status: null, reason: "what it sent is not HTTP", cause: error }
    : { kind: "closed", cause: error };
};

const reasons: Readonly<Record<string, ConnectionReason>> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  EPROTO: "tls",
};

const reasonOf = (error: Error): ConnectionReason => {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return reasons[code] ?? (/CERT|TLS|SSL|UNABLE_TO_(GET|VERIFY)/.test(code) ? "tls" : "unreachable");
};
