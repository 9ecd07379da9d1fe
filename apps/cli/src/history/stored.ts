/**
 * An event as the history keeps it: an allow-list. No prompt, no output, no words of an error, no key, no name of a file and
 * no address but the gateway's own name.
 */
import type { CallEvent } from "@sluice/telemetry";

type Plain = Readonly<Record<string, unknown>>;

/** As data that `JSON.stringify` takes. */
export const stored = (event: CallEvent): Plain => {
  const { type, requestId, at, gateway, pipeline, model } = event;
  const asked = { type, requestId, at, gateway, pipeline, ...(model === undefined ? {} : { model }) };
  switch (event.type) {
    case "call-started":
      return { ...asked, timeoutMs: event.timeoutMs, ...costOf(event) };
    case "attempt-started":
      return { ...asked, attempt: event.attempt };
    case "attempt-ended": {
      const { attempt, status, outcome, mayHaveRun, ms, firstTokenMs } = event;
      return {
        ...{ ...asked, attempt, status, outcome, ms },
        ...(mayHaveRun === undefined ? {} : { mayHaveRun }),
        ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
      };
    }
    case "waiting": {
      const { attempt, reason, waitMs } = event;
      return {
        ...{ ...asked, for: event.for, attempt },
        ...(reason === undefined ? {} : { code: reason.code }),
        ...(waitMs === undefined ? {} : { waitMs }),
      };
    }
    case "gate-opened":
      return { ...asked, waitedMs: event.waitedMs };
    case "call-ended": {
      const { outcome, ms, attempts, statuses, coldStart, waitedMs } = event;
      return { ...asked, outcome, ms, attempts, statuses, coldStart, waitedMs, ...costOf(event) };
    }
  }
};

/** A bigint is no JSON. */
const costOf = ({ cost }: Pick<Extract<CallEvent, { readonly type: "call-ended" }>, "cost">): Plain => {
  if (cost === undefined) return {};
  const { units, unit, usd, charges, rate } = cost;
  return {
    cost: { units: String(units), unit, usd, charges, ...(rate === undefined ? {} : { rate }) },
  };
};
