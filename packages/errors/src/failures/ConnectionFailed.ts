import { failure } from "../Failure.ts";

/** Why the request did not reach the gateway. */
export type ConnectionReason = "refused" | "dns" | "tls" | "timeout" | "unreachable" | "incomplete" | "proxy-auth";

const sentences: Record<ConnectionReason, string> = {
  refused: "nothing listens there (connection refused)",
  dns: "its host name cannot be resolved",
  tls: "its TLS certificate or handshake was not acceptable",
  timeout: "no connection was made in time",
  unreachable: "the connection broke before the request was sent",
  incomplete: "the whole request did not arrive in time (HTTP 408)",
  "proxy-auth": "the proxy on the way wants credentials (HTTP 407)",
};

const checkAddress =
  "Check the base URL (SLUICE_GATEWAY_URL or -g), that the gateway runs, and the network or proxy in between.";

const fixes: Partial<Record<ConnectionReason, string>> = {
  tls: "Check the certificate's name and chain, the machine's clock, and any proxy that intercepts TLS.",
  "proxy-auth": "Give the proxy on the way its user and password, or go around it.",
};

/** The request was never sent, or never taken whole: nothing can have run. */
export class ConnectionFailed extends failure("ConnectionFailed")<{
  readonly reason: ConnectionReason;
  readonly url: string;
}>({
  code: "SLUICE-502-CONNECTION",
  message: ({ gateway, url, reason }) => `${gateway} could not be reached at ${url}: ${sentences[reason]}.`,
  fix: ({ reason }) => fixes[reason] ?? checkAddress,
  // These two heal only when somebody changes something.
  retryable: ({ reason }) => reason !== "tls" && reason !== "proxy-auth",
  mayHaveRun: false,
}) {}
