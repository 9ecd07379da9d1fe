/** The gateway behind Studio, asked without the client's key, and what Studio lets through of its answer. */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { type Gateway, type Incoming, route } from "../gateway/route.ts";
import type { Replying } from "../gateway/Orchestra.ts";
import type { Reply, StreamReply } from "../Reply.ts";
import { scenarioHeader } from "../scenario.ts";
import type { Encoded } from "./payload.ts";
import { refuse } from "./refuse.ts";
import type { StudioPipelineName } from "./schemas.ts";

const patience = "10 minutes";

export const askGateway = (
  gateway: Gateway,
  incoming: Incoming,
  pipeline: StudioPipelineName,
  { bytes, contentType }: Encoded,
): Replying =>
  route(gateway, {
    method: "POST",
    path: `/${pipeline}`,
    place: incoming.place,
    side: "behind",
    key: "",
    headers: {
      "content-type": contentType,
      "content-length": String(bytes.length),
      // Not Studio's: the emulator's own.
      [scenarioHeader]: incoming.headers[scenarioHeader],
    },
    bytes: Effect.succeed(bytes),
    noteBody: incoming.noteBody,
    noteUnits: incoming.noteUnits,
  }).pipe(
    Effect.flatMap((reply) => {
      if (reply.kind === "silence") return Effect.never;
      return Effect.map(reply.kind === "stream" ? buffered(reply) : Effect.succeed(reply), (whole) =>
        shown(whole, pipeline),
      );
    }),
    Effect.timeoutOrElse({
      duration: patience,
      // It rejects with a string, which has neither a name nor a message.
      orElse: () => Effect.succeed(refuse(500, "Internal server error: undefined")),
    }),
  );

type WholeReply = Exclude<Reply, StreamReply | { kind: "silence" }>;

/** Studio sends nothing on before it has it all. */
const buffered = ({ chunks, then, ...reply }: StreamReply): Effect.Effect<WholeReply> =>
  Effect.map(Stream.runCollect(chunks), (pieces) =>
    then === "reset"
      ? { kind: "close" }
      : { ...reply, kind: "answer", body: Buffer.concat(pieces.map((piece) => Buffer.from(piece))) },
  );

const shown = (reply: WholeReply, pipeline: StudioPipelineName): Reply => {
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
