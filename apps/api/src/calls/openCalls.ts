/** Calls on behalf of callers: what the key may, its megapixels, its price, the call, and what is told of it. */
import { Aborted, type GatewayError, isGatewayError } from "@sluice/errors";
import type { CallOptions, ResultOf } from "@sluice/core/effect";
import type { PipelineName } from "@sluice/models";
import { randomUUID } from "node:crypto";
import * as Cause from "effect/Cause";
import * as Exit from "effect/Exit";
import type { FastifyReply } from "fastify";
import { afterwards } from "../http/afterwards.ts";
import { ownUrlOf } from "../http/ownUrl.ts";
import { Refusal } from "../http/Refusal.ts";
import type { MediaShelf } from "../media/MediaShelf.ts";
import type { Upstream } from "../Upstream.ts";
import { Approval } from "./Approval.ts";
import type { Calls, Exchange } from "./Calls.ts";
import { maxCostOf, withPriceFix } from "./maxCost.ts";
import { permitPipeline } from "./permit.ts";
import { tell } from "./tell.ts";
import { withOwnUrls } from "./withOwnUrls.ts";

export interface CallPorts {
  readonly upstream: Upstream;
  /** Keeps results' files; absent: their URLs lead to the gateway. */
  readonly shelf: MediaShelf | undefined;
  /** The most that any call may cost, in USD. */
  readonly maxCostUsd: string | undefined;
  /** Where callers reach this service, without a slash at the end; absent: where they have found it. */
  readonly publicUrl: string | undefined;
}

export const openCalls = ({ upstream, shelf, maxCostUsd, publicUrl }: CallPorts): Calls => {
  const { gateway } = upstream;

  /** The calls of now, by their requests' names: callers may give two requests the same one. */
  const underWay = new Set<string>();
  const nameOf = (id: string): string => (underWay.has(id) ? `${id.slice(0, 119)}.${randomUUID().slice(0, 8)}` : id);

  /** What the call has to keep to. */
  const optionsOf = ({ request }: Exchange, pipeline: PipelineName, approval: Approval | undefined): CallOptions => {
    const limit = maxCostOf(request.headers["x-sluice-max-cost"], maxCostUsd, { gateway, pipeline });
    const { traceparent } = request.headers;
    return {
      requestId: nameOf(request.id),
      ...(limit === undefined ? {} : { maxCostUsd: limit }),
      ...(typeof traceparent === "string" ? { traceparent } : {}),
      ...(approval === undefined ? {} : { approve: approval.approve, onEvent: approval.observe }),
    };
  };

  /** Makes a call for a caller who may make it. */
  const callFor = async <Name extends PipelineName>(
    exchange: Exchange,
    pipeline: Name,
    call: (options: CallOptions, signal: AbortSignal) => Promise<Exit.Exit<ResultOf<Name>, GatewayError>>,
  ): Promise<ResultOf<Name>> => {
    const { request, reply } = exchange;
    const { callerKey: key } = request;
    if (key !== undefined) permitPipeline(key, pipeline);
    const approval = key === undefined ? undefined : new Approval(key, reply);
    const options = optionsOf(exchange, pipeline, approval);
    const { requestId = "" } = options;
    underWay.add(requestId);
    const exit = await call(options, hangUp(reply));
    underWay.delete(requestId);
    approval?.close();
    if (Exit.isSuccess(exit)) {
      tell(exchange, { meta: exit.value.meta, pipeline });
      return exit.value;
    }
    if (approval?.refusal !== undefined && !hasAsked(exit.cause)) throw approval.refusal;
    const failure = Cause.hasInterruptsOnly(exit.cause)
      ? new Aborted({ gateway, pipeline, requestId: request.id })
      : Cause.squash(exit.cause);
    const error = isGatewayError(failure, "PriceExceeded") ? withPriceFix(failure, maxCostUsd) : failure;
    tell(exchange, { error });
    throw error;
  };

  const kept = <Result extends object>({ request }: Exchange, result: Result): Result => {
    if (shelf === undefined) return result;
    const base = publicUrl ?? ownUrlOf(request);
    return withOwnUrls(result, (url) => shelf.urlOf(shelf.keep(url), base));
  };

  return {
    run: async (exchange, pipeline, input) =>
      kept(
        exchange,
        await callFor(exchange, pipeline, (options, signal) => upstream.run(pipeline, input, options, signal)),
      ),
    runForBytes: (exchange, pipeline, input) =>
      callFor(exchange, pipeline, (options, signal) => upstream.run(pipeline, input, options, signal)),
    chat: (exchange, input, onText) =>
      callFor(exchange, "llm", (options, signal) => upstream.chat(input, onText, options, signal)),
    bytes: async ({ reply }, { url }) => {
      try {
        return await upstream.bytes(url, hangUp(reply));
      } catch (cause) {
        throw new Refusal("unfetched", "The result was made, but its file could not be fetched.", { cause });
      }
    },
  };
};

/** Whether a gateway was asked: then its failure is what the caller has to know. */
const hasAsked = (cause: Cause.Cause<GatewayError>): boolean => {
  const error = Cause.squash(cause);
  return isGatewayError(error) && error.attempts.length > 0;
};

/** Aborts when the caller has gone before its answer was whole. */
const hangUp = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  if (raw.destroyed) gone.abort();
  afterwards(raw, () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
};
