/** How a call went, in the headers of its answer, and kept with the request for its log line and the list of recent ones. */
import type { CallMeta } from "@sluice/core/effect";
import { isGatewayError } from "@sluice/errors";
import type { Exchange } from "./Calls.ts";

/** What is known of the call that a request made. */
export type Told = { readonly meta: CallMeta; readonly pipeline: string } | { readonly error: unknown };

export const tell = ({ request, reply }: Exchange, told: Told): void => {
  request.told = told;
  if (reply.raw.headersSent) return;
  if ("meta" in told) {
    const { attempts, model, gateway, cost, durationMs } = told.meta;
    reply.headers({
      "x-sluice-cost": cost.usd,
      "x-sluice-attempts": attempts.length,
      "x-sluice-model": inHeader(model),
      "x-sluice-gateway": gateway,
      "server-timing": timing(attempts, durationMs),
    });
  } else if (isGatewayError(told.error)) {
    const { attempts, gateway, model } = told.error;
    reply.headers({
      "x-sluice-gateway": gateway,
      ...(model === undefined ? {} : { "x-sluice-model": inHeader(model) }),
    });
    const total = attempts.reduce((sum, { ms, waitedMs }) => sum + ms + waitedMs, 0);
    if (attempts.length > 0) reply.header("server-timing", timing(attempts, total));
  }
};

/** A caller can name a model as it likes; a header holds ASCII alone, and clients take no long ones. */
const inHeader = (name: string): string =>
  name.slice(0, 200).replace(/[^!-~]/gu, (one) => encodeURIComponent(one.toWellFormed()));

/** How long requests were with the gateway, and how long none was, in milliseconds. */
const timing = (attempts: CallMeta["attempts"], totalMs: number): string => {
  const asked = attempts.reduce((sum, { ms }) => sum + ms, 0);
  return `gateway;dur=${round(asked)}, wait;dur=${round(Math.max(0, totalMs - asked))}`;
};

const round = (ms: number): number => Math.round(ms * 10) / 10;
