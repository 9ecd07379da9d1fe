/**
 * What an outcome means to whoever watches: a few classes that do not overlap, so that no cause raises two alarms.
 *
 * `unavailable` has all that says the same as a 503: Studio's masked 500, a closed socket, `200 null`, a gateway that
 * cannot be reached, and silence until the deadline. `server-error`: the work itself failed, or its answer was of no use.
 */
export const outcomeClasses = ["ok", "unavailable", "server-error", "rate-limited", "refused", "caller"] as const;

/**
 * - `rate-limited`: 429;
 * - `refused`: the request, the key or the account was turned down: another 4xx;
 * - `caller`: the caller's own doing: it gave up, its code threw, or the file could not be written. It says nothing about a gateway.
 */
export type OutcomeClass = (typeof outcomeClasses)[number];

/** Where a code's number does not tell its class. */
const exceptions: Readonly<Record<string, OutcomeClass>> = {
  ok: "ok",
  defect: "caller",
  "SLUICE-429-RATE-LIMITED": "rate-limited",
  "SLUICE-499-ABORTED": "caller",
  "SLUICE-502-CONNECTION": "unavailable",
  "SLUICE-504-DEADLINE": "unavailable",
  "SLUICE-507-FILE": "caller",
};

/** The class of an attempt's or a call's outcome: `ok`, or the code of a failure. */
export const classOf = (outcome: string): OutcomeClass => {
  if (Object.hasOwn(exceptions, outcome)) return exceptions[outcome] as OutcomeClass;
  if (outcome.startsWith("SLUICE-503-")) return "unavailable";
  return outcome.startsWith("SLUICE-4") ? "refused" : "server-error";
};
