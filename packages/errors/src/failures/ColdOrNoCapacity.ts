import { failure } from "../Failure.ts";

/**
 * The model is loading, or no orchestrator can take the request now. Gateways say so in several ways:
 * - `unavailable`: 503;
 * - `closed`: go-livepeer closes the socket without an answer when it has no orchestrator;
 * - `empty`: go-livepeer answers `200 null`, or 200 with nothing at all, when its own retries are used up;
 * - `masked`: Studio turns every upstream failure into one 500;
 * - `no-orchestrator`: a 400 in go-livepeer's words, which a BYOC capability at capacity gets too;
 * - `proxy`: a proxy in front answers 502, 504 or one of Cloudflare's 52x for a gateway that closed or kept silent.
 */
export type ColdSignal = "unavailable" | "closed" | "empty" | "masked" | "no-orchestrator" | "proxy";

const codes: Record<ColdSignal, string> = {
  unavailable: "SLUICE-503-COLD",
  closed: "SLUICE-503-CLOSED",
  empty: "SLUICE-503-EMPTY",
  masked: "SLUICE-503-MASKED",
  "no-orchestrator": "SLUICE-503-NO-ORCHESTRATOR",
  proxy: "SLUICE-503-PROXY",
};

const causes: Record<ColdSignal, string> = {
  unavailable: "it answered 503, as it does while a model loads",
  closed: "it closed the connection without an answer, as go-livepeer does when no orchestrator takes the request",
  empty: "it answered 200 with nothing in it, as go-livepeer does when its orchestrators failed",
  masked: "it hid the upstream failure behind a 500, as Studio does",
  "no-orchestrator": "it says that it found no orchestrator for this capability",
  proxy: "a proxy in front of it got no answer from it",
};

/** What a proxy answers when it had passed the request on and then stopped waiting. */
const passedOn: ReadonlySet<number | null> = new Set([504, 520, 524]);

const adviceOf = (signal: ColdSignal, retryAt: string | undefined): string => {
  if (retryAt !== undefined) return `come back at ${retryAt}, or use a warm model.`;
  return signal === "unavailable"
    ? "wait (30 s to several minutes is normal), or use a model that is warm."
    : "check the exact spelling of the model's id; then wait, or use a warm model or another gateway.";
};

export class ColdOrNoCapacity extends failure("ColdOrNoCapacity")<{
  readonly signal: ColdSignal;
  readonly status: number | null;
}>({
  code: ({ signal }) => codes[signal],
  message: ({ gateway, model, signal }) =>
    `${gateway} has no warm orchestrator for ${model ?? "this model"}: ${causes[signal]}.`,
  fix: ({ signal, retryAt, meant }) => {
    if (meant !== undefined) return `Did you mean ${meant}? If not, ${adviceOf(signal, retryAt)}`;
    const advice = adviceOf(signal, retryAt);
    return advice.charAt(0).toUpperCase() + advice.slice(1);
  },
  retryable: true,
  // A proxy that stopped waiting, and Studio's mask, may hide work that went on.
  mayHaveRun: ({ signal, status }) => signal === "masked" || (signal === "proxy" && passedOn.has(status)),
}) {}
