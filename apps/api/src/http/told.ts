/** What may be told of a request, in a log or a list: nothing that opens anything. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { holdsKey } from "../keys/KeyText.ts";
import { pathOf } from "./answerError.ts";

/** The route's own path, such as `/media/:id`, whose id is all that it takes to read the file; of no route, what was asked for. */
export const safePathOf = ({ url, routeOptions }: FastifyRequest): string => {
  if (routeOptions.url !== undefined) return routeOptions.url;
  const path = pathOf(url);
  return holdsKey(path) ? "(a key)" : path.slice(0, 100);
};

/** 499, as nginx has it, when the caller had gone before its answer was whole. */
export const statusTold = ({ raw }: FastifyReply): number => (raw.writableEnded ? raw.statusCode : 499);
