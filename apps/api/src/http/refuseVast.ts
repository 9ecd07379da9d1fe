/**
 * JSON of few bytes can have so many parts that checking them holds up everyone: each wrong one is a mistake to be told. No
 * request of ours has nearly as many.
 */
import type { FastifyInstance } from "fastify";
import { Refusal } from "./Refusal.ts";

const mostParts = 10_000;
const deepest = 32;

/** For the routes that come after it. */
export const refuseVast = (app: FastifyInstance): void => {
  app.addHook("preValidation", ({ body }, _reply, done) => {
    done(isVast(body) ? vast() : undefined);
  });
};

const vast = (): Refusal =>
  new Refusal("large", `The body has more than ${mostParts} parts, or more than ${deepest} levels.`);

/** Level by level, because what is nested deeply breaks a function that calls itself. */
const isVast = (body: unknown): boolean => {
  let [level, seen]: [ReadonlyArray<unknown>, number] = [[body], 0];
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (seen > mostParts || depth > deepest) return true;
    level = level.flatMap((part) =>
      typeof part === "object" && part !== null ? Object.values<unknown>({ ...part }) : [],
    );
  }
  return false;
};
