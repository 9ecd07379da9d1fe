/** Paths that are not there, and those that are there with another method, which are answered 405 with the methods that they take. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { pathOf } from "./answerError.ts";
import { Refusal } from "./Refusal.ts";
import { safePathOf } from "./told.ts";

/**
 * For `setNotFoundHandler`: throws the `Refusal`. It knows the routes that come after it. Paths are compared as text: the
 * router takes what it is asked for as a pattern, and a caller's path may be a broken one.
 */
export const unknownRoutes = (app: FastifyInstance): ((request: FastifyRequest) => never) => {
  const methodsOf = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methodsOf.get(url) ?? new Set<string>();
    for (const one of [method].flat()) if (one !== "OPTIONS") known.add(one);
    methodsOf.set(url, known);
  });
  return (request) => {
    const { method, url } = request;
    const path = pathOf(url);
    const allowed = methodsOf.get(path);
    if (allowed === undefined) throw new Refusal("route", `There is nothing at ${method} ${safePathOf(request)}.`);
    const headers = { allow: [...allowed].toSorted().join(", ") };
    throw new Refusal("method", `${path} does not take ${method}.`, { headers });
  };
};
