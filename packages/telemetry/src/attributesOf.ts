/**
 * Events as OpenTelemetry's conventions for generative AI name them (open-telemetry/semantic-conventions-genai, status:
 * development), and what these lack under `livepeer.`. Times are in seconds, as there. Never a prompt, an output or a key.
 */
import type { Asked, CallEvent } from "./CallEvent.ts";
import type { Cost } from "./Cost.ts";
import { safeAsked } from "./export/safeNames.ts";
import { operationOf } from "./operations.ts";

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What is not known is absent. */
type Known = Readonly<Record<string, string | number | boolean | undefined>>;

/** The attributes of an event, for a span, a metric or a log record. */
export const attributesOf = (event: CallEvent): Attributes => {
  const all: Known = { ...asked(event), "livepeer.request_id": event.requestId, ...details(event) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Attributes;
};

/** `{operation} {model}`; the operation alone where there is no model. */
export const spanNameOf = ({ pipeline, model }: Pick<Asked, "pipeline" | "model">): string => {
  const { name } = operationOf(pipeline);
  return model === undefined ? name : `${name} ${model}`;
};

const asked = ({ origin, ...of }: Asked): Known => {
  const { gateway, pipeline, model } = safeAsked(of);
  const { name, output } = operationOf(pipeline);
  return {
    "gen_ai.operation.name": name,
    "gen_ai.provider.name": "livepeer",
    "gen_ai.request.model": model,
    "gen_ai.output.type": output,
    "livepeer.pipeline": pipeline,
    "livepeer.gateway": gateway,
    ...server(origin),
  };
};

const server = (origin = ""): Known => {
  if (!URL.canParse(origin)) return {};
  const { hostname, port, protocol } = new URL(origin);
  const standard = protocol === "http:" ? 80 : 443;
  // A URL has an IPv6 address in brackets; an address has none.
  return { "server.address": hostname.replace(/^\[|\]$/g, ""), "server.port": port === "" ? standard : Number(port) };
};

const details = (event: CallEvent): Known => {
  switch (event.type) {
    case "call-started":
      return paid(event.cost);
    case "attempt-started":
      return { "livepeer.attempt": event.attempt };
    case "attempt-ended":
      return {
        "livepeer.attempt": event.attempt,
        "http.response.status_code": event.status ?? undefined,
        "gen_ai.response.time_to_first_chunk": seconds(event.firstTokenMs),
        "error.type": errorType(event.outcome),
        "livepeer.may_have_run": event.mayHaveRun,
      };
    case "waiting":
      return {
        "livepeer.attempt": event.attempt,
        "livepeer.wait.for": event.for,
        "livepeer.wait.reason": event.reason?.code,
        "livepeer.wait.duration": seconds(event.waitMs),
      };
    case "gate-opened":
      return { "livepeer.wait.for": "gate", "livepeer.wait.duration": seconds(event.waitedMs) };
    case "call-ended":
      return { "livepeer.attempts": event.attempts, "error.type": errorType(event.outcome), ...paid(event.cost) };
  }
};

const errorType = (outcome: string): string | undefined => (outcome === "ok" ? undefined : outcome);

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1_000);

/** For charts, hence as numbers; the event has the exact amount. A free gateway costs 0; an unknown price is no number. */
const paid = (cost: Cost | undefined): Known => {
  if (cost === undefined) return {};
  const { units, unit, usd, charges } = cost;
  return {
    "livepeer.cost.usd": charges === "nothing" ? 0 : usd === "unknown" ? undefined : Number(usd),
    "livepeer.billing.units": units === "unknown" ? undefined : Number(units),
    "livepeer.billing.unit": unit,
  };
};
