/** The gateway behind Studio, asked without the client's key, and what Studio lets through of its answer. */
import * as Effect from "effect/Effect";
import { type Gateway, type Incoming, route } from "../gateway/route.ts";
import type { Reply } from "../Reply.ts";
import type { Encoded } from "./payload.ts";
import { refuse } from "./refuse.ts";
import type { StudioPipelineName } from "./schemas.ts";

const patience = "10 minutes";

export const askGateway = (
  gateway: Gateway,
  incoming: Incoming,
  pipeline: StudioPipelineName,
  { bytes, contentType }: Encoded,
): Effect.Effect<Reply> =>
  route(gateway, {
    method: "POST",
    path: `/${pipeline}`,
    key: "",
    headers: { "content-type": contentType, "content-length": String(bytes.length) },
    bytes: Effect.succeed(bytes),
    noteBody: incoming.noteBody,
  }).pipe(
    Effect.flatMap((reply) => (reply.kind === "silence" ? Effect.never : Effect.succeed(shown(reply, pipeline)))),
    Effect.timeoutOrElse({
      duration: patience,
      // It rejects with a string, which has neither a name nor a message.
      orElse: () => Effect.succeed(refuse(500, "Internal server error: undefined")),
    }),
  );

const shown = (reply: Exclude<Reply, { kind: "silence" }>, pipeline: StudioPipelineName): Reply => {
  // node-fetch's error, whether nothing came or the body broke off.
  if (reply.kind !== "answer") return refuse(500, "Internal server error: FetchError");
  if (reply.status >= 500) return refuse(500, `Failed to generate ${pipeline}`);
  return { ...reply, headers: { "Content-Type": contentTypeOf(reply.headers) } };
};

/** No other header of the gateway passes, `Retry-After` neither. Express adds the charset. */
const contentTypeOf = (headers: Readonly<Record<string, string>>): string => {
  const type = headers["Content-Type"] ?? "application/octet-stream";
  return /^(text\/|application\/json)[^;]*$/.test(type) ? `${type}; charset=utf-8` : type;
};
