import { failure } from "../Failure.ts";

/** Why no connection was made. */
export type ConnectionReason = "refused" | "dns" | "tls" | "timeout" | "unreachable";

const sentences: Record<ConnectionReason, string> = {
  refused: "nothing listens there (connection refused)",
  dns: "its host name cannot be resolved",
  tls: "its TLS certificate or handshake was not acceptable",
  timeout: "no connection was made in time",
  unreachable: "the connection broke before the request was sent",
};

/** The request was never sent. */
export class ConnectionFailed extends failure("ConnectionFailed")<{
  readonly reason: ConnectionReason;
  readonly url: string;
}>({
  code: "SLUICE-502-CONNECTION",
  message: ({ gateway, url, reason }) => `${gateway} could not be reached at ${url}: ${sentences[reason]}.`,
  fix: ({ reason }) =>
    reason === "tls"
      ? "Check the certificate's name and chain, the machine's clock, and any proxy that intercepts TLS."
      : "Check the base URL (SLUICE_GATEWAY_URL or -g), that the gateway runs, and the network or proxy in between.",
  retryable: true,
  mayHaveRun: false,
}) {}
