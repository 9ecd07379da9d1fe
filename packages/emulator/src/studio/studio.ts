/**
 * Studio in front of a go-livepeer gateway: its own checks, in its own order, then the gateway's answer, with 5xx masked.
 *
 * After livepeer/studio, packages/api/src (670a0a66): app-router.ts, middleware/auth.ts and controllers/generate.ts.
 * The files of results are the gateway's, and stand where its answers say.
 */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { type Gateway, type Incoming, journalPath, route } from "../gateway/route.ts";
import type { Replying } from "../gateway/Orchestra.ts";
import { expressJson, type Reply } from "../Reply.ts";
import { behindFaults } from "./behindFaults.ts";
import { authenticate, authorize, type Credential } from "./auth.ts";
import { allowedOrigin, corsHeaders, preflight } from "./cors.ts";
import { readForm } from "./form.ts";
import { readJson } from "./jsonBody.ts";
import { requestLogOf } from "./rateLimit.ts";
import { refuse } from "./refuse.ts";
import { pipelineAt, type StudioPipelineName, studioPipelines } from "./schemas.ts";
import { askGateway } from "./upstream.ts";
import { firstError } from "./validate.ts";
import type { StudioUser } from "./keys.ts";
import type { Payload } from "./payload.ts";

export const studio = (gateway: Gateway, incoming: Incoming): Replying => {
  const { method, path } = incoming;
  if (path.startsWith("/stream/") || path === journalPath) return route(gateway, incoming);
  const pipeline = method === "POST" ? pipelineAt(path) : undefined;
  const itself = (received: Incoming): Replying => checked(gateway, received, pipeline);
  return pipeline === undefined ? itself(incoming) : behindFaults(gateway, incoming, pipeline, itself);
};

const checked = (gateway: Gateway, incoming: Incoming, pipeline: StudioPipelineName | undefined): Replying => {
  const { headers, method } = incoming;
  const credential = authenticate(headers.authorization);
  const origin = allowedOrigin(method, headers.origin, credential.key);
  if (method === "OPTIONS") return Effect.succeed(preflight(headers, origin));
  return Effect.map(answer(gateway, incoming, pipeline, credential, origin), (reply) =>
    reply.kind === "answer" ? { ...reply, headers: { ...reply.headers, ...corsHeaders(origin) } } : reply,
  );
};

const answer = Effect.fnUntraced(function* (
  gateway: Gateway,
  incoming: Incoming,
  pipeline: StudioPipelineName | undefined,
  { key, refusal }: Credential,
  origin: string | undefined,
): Effect.fn.Return<Reply, never, Scope.Scope> {
  if (refusal !== undefined) return refusal;
  const { headers } = incoming;
  const contentType = headers["content-type"];
  const bytes = yield* incoming.bytes;
  // JSON is read before it is known what was asked: a syntax error comes before a missing key and an unknown path.
  const json = readJson(contentType, bytes);
  if (!json.ok) return json.refusal;
  if (pipeline === undefined) return refuse(404, "not found");
  if (key === undefined) return refuse(401, "request is not authenticated");
  const forbidden = authorize(key, headers.origin, origin);
  if (forbidden !== undefined) return forbidden;
  const schema = studioPipelines[pipeline];
  const read = schema.sentAs === "json" ? json : readForm(contentType, bytes);
  if (!read.ok) return read.refusal;
  const error = firstError(schema, read.payload.checked);
  if (error !== undefined) return expressJson(422, { errors: [JSON.stringify(error)] });
  return yield* proxy(gateway, incoming, pipeline, read.payload, key.user);
});

const proxy = Effect.fnUntraced(function* (
  gateway: Gateway,
  incoming: Incoming,
  pipeline: StudioPipelineName,
  payload: Payload,
  user: StudioUser,
): Effect.fn.Return<Reply, never, Scope.Scope> {
  const log = requestLogOf(gateway);
  const startedAt = yield* Clock.currentTimeMillis;
  const retryAfter = log.retryAfter(user.id, startedAt);
  if (retryAfter !== undefined) return refuse(429, "Too many AI requests", { "Retry-After": String(retryAfter) });
  const encoded = yield* Effect.promise(() => payload.encode(studioPipelines[pipeline].defaultModel));
  return yield* askGateway(gateway, incoming, pipeline, encoded).pipe(
    Effect.ensuring(Effect.sync(() => log.finished(user.id, startedAt))),
  );
});
