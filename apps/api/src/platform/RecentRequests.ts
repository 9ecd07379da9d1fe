/** The last requests that were answered, with the attempts that their calls took. In memory, and no more than so many. */
import type { Attempt } from "@sluice/errors";
import { isGatewayError } from "@sluice/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { safePathOf, statusTold } from "../http/told.ts";
import { Ring } from "./Ring.ts";

export const RecentRequest = z.object({
  requestId: z.string(),
  at: z.string().describe("When it had been answered; ISO 8601, UTC."),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  ms: z.number(),
  key: z.string().optional().describe("The name of its caller's key."),
  gateway: z.string().optional(),
  pipeline: z.string().optional(),
  model: z.string().optional(),
  outcome: z.string().optional().describe("`ok`, or the code of its failure."),
  coldStart: z.boolean().optional(),
  costUsd: z.string().optional().describe("Exact, or `unknown`."),
  attempts: z.array(
    z.object({ status: z.int().nullable(), outcome: z.string(), ms: z.number(), waitedMs: z.number() }),
  ),
});
export type RecentRequest = z.infer<typeof RecentRequest>;

/** What is kept of a request; it is told in words only when somebody asks. */
export interface Answered extends Pick<RecentRequest, "requestId" | "method" | "path" | "status" | "ms"> {
  /** The name of its caller's key. */
  readonly key: string | undefined;
  /** Unix milliseconds. */
  readonly at: number;
  readonly told: FastifyRequest["told"];
  readonly failedWith: string | undefined;
}

const most = 500;

export class RecentRequests {
  readonly #kept = new Ring<Answered>(most);

  add(one: Answered): void {
    this.#kept.add(one);
  }

  /** The newest first. They hold nothing that was asked, and nothing that was answered. */
  list(limit = most): ReadonlyArray<RecentRequest> {
    return this.#kept.list().toReversed().slice(0, limit).map(recentOf);
  }
}

/** `at`: when it had been answered, or its caller had gone; in Unix milliseconds. */
export const answered = (request: FastifyRequest, reply: FastifyReply, at: number): Answered => {
  const { id: requestId, method, told, callerKey, failedWith } = request;
  return {
    ...{ requestId, at, method, told, failedWith, key: callerKey?.name },
    ...{ path: safePathOf(request), status: statusTold(reply), ms: reply.elapsedTime },
  };
};

const recentOf = ({ at, ms, key, told, failedWith, ...request }: Answered): RecentRequest => ({
  ...request,
  at: new Date(at).toISOString(),
  ms: Math.round(ms),
  ...(key === undefined ? {} : { key }),
  ...(failedWith === undefined ? {} : { outcome: failedWith }),
  ...callOf(told),
});

const callOf = (told: FastifyRequest["told"]): Partial<RecentRequest> & Pick<RecentRequest, "attempts"> => {
  if (told === undefined) return { attempts: [] };
  if ("meta" in told) {
    const { gateway, model, coldStart, cost, attempts } = told.meta;
    return {
      gateway,
      pipeline: told.pipeline,
      model,
      outcome: "ok",
      coldStart,
      costUsd: cost.usd,
      attempts: plain(attempts),
    };
  }
  if (!isGatewayError(told.error)) return { attempts: [] };
  const { gateway, pipeline, model, code, attempts } = told.error;
  return { gateway, pipeline, ...(model === undefined ? {} : { model }), outcome: code, attempts: plain(attempts) };
};

const plain = (attempts: ReadonlyArray<Attempt>): RecentRequest["attempts"] =>
  attempts.map(({ status, outcome, ms, waitedMs }) => ({ status, outcome, ms: Math.round(ms), waitedMs }));
