/**
 * Who asks: each request's key is found before its body is read, what a page of another origin sends is refused unless the
 * key allows that origin, and one of the key's requests is taken from its limits.
 */
import fastifyCors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Told } from "../calls/tell.ts";
import type { Key } from "../keys/Key.ts";
import type { KeyRing, Unfound } from "../keys/KeyRing.ts";
import type { Keys } from "../keys/openKeys.ts";
import { afterwards } from "./afterwards.ts";
import { ownUrlOf } from "./ownUrl.ts";
import { Refusal } from "./Refusal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; without one, anyone on this machine. */
    callerKey: Key | undefined;
    /** How the call that it made went; absent until then. */
    told: Told | undefined;
    /** The code of what it was refused or failed with. */
    failedWith: string | undefined;
  }
}

/** For every route, also those that do not ask who it is. */
export const decorateCallers = (app: FastifyInstance): void => {
  app.decorateRequest("callerKey", undefined);
  app.decorateRequest("told", undefined);
  app.decorateRequest("failedWith", undefined);
};

const exposed = [
  ...["x-request-id", "x-sluice-cost", "x-sluice-attempts", "x-sluice-model", "x-sluice-gateway", "server-timing"],
  ...["ratelimit", "ratelimit-policy", "retry-after", "retry-after-ms", "x-should-retry"],
];

/** Answers the preflights of pages whose origin any key allows; a preflight does not say whose key will follow. */
export const allowOrigins = async (app: FastifyInstance, keys: Keys): Promise<void> => {
  await app.register(fastifyCors, {
    origin: (origin, decide) => {
      decide(null, origin !== undefined && keys.ring.allowsOrigin(origin) ? origin : false);
    },
    methods: ["GET", "POST"],
    // No `allowedHeaders`: a page of an origin that is allowed may send whatever names it asks for. They protect nothing, and
    // each version of a client has others, such as OpenAI's `x-stainless-retry-count`.
    exposedHeaders: exposed,
    maxAge: 600,
    strictPreflight: false,
  });
};

/** For the routes of callers: who has no valid key is refused, and who has one is admitted. */
export const askWho = (app: FastifyInstance, keys: Keys, publicUrl: string | undefined): void => {
  app.addHook("onRequest", (request, reply, done) => {
    const { ring } = keys;
    const key = ring.isEmpty ? undefined : keyOf(ring, request);
    refuseOtherPages(request, key, publicUrl);
    if (key !== undefined) admit(request, reply, key);
    done();
  });
};

/** For the routes of operators: who has a key of theirs, or, where there is none, this machine alone. */
export const askForOperator = (app: FastifyInstance, keys: Keys, publicUrl?: string): void => {
  app.addHook("onRequest", (request, _reply, done) => {
    const { ring } = keys;
    const key = ring.isEmpty ? undefined : keyOf(ring, request);
    refuseOtherPages(request, key, publicUrl);
    if (key !== undefined && !key.admin) {
      throw new Refusal("permission", `The key "${key.name}" is not an operator's.`);
    }
    request.callerKey = key;
    done();
  });
};

const keyOf = (ring: KeyRing, { headers }: FastifyRequest): Key => {
  const found = ring.find(headers.authorization);
  if (typeof found !== "string") return found;
  throw new Refusal("key", sentences[found], { headers: { "www-authenticate": "Bearer" } });
};

const sentences: Readonly<Record<Unfound, string>> = {
  missing: "This service needs a key, and the request has none.",
  scheme: "The key must come as `Authorization: Bearer <key>`.",
  malformed: "The key is not one of this service's: it is mistyped or cut off, or it is another service's.",
  unknown: "The key is not known here.",
  expired: "The key has expired.",
};

/** A page of another origin could spend the key of whoever looks at it, or this machine's, without reading the answer. */
const refuseOtherPages = (request: FastifyRequest, key: Key | undefined, publicUrl: string | undefined): void => {
  const { origin } = request.headers;
  if (origin === undefined || key?.origins.has(origin) === true) return;
  // A Host header may name a port that there cannot be.
  const own = ownUrlOf(request);
  if (origin === own || origin === URL.parse(publicUrl ?? own)?.origin) return;
  const fix = "Call from a server, or ask the operator to add the page's origin to the key's `origins`.";
  throw new Refusal("permission", "Pages of this origin may not use the service.", { fix });
};

const admit = (request: FastifyRequest, reply: FastifyReply, key: Key): void => {
  request.callerKey = key;
  const release = key.takeRequest();
  if (reply.raw.destroyed) release();
  else afterwards(reply.raw, release);
  reply.headers(key.limitFields());
};
