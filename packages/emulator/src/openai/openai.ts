/**
 * OpenAI's routes, as an OpenAI gateway in front of a go-livepeer gateway answers them: the request is translated, the pipeline
 * handles it with whatever goes wrong there, and its answer is put in OpenAI's words.
 */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { ResultFile } from "../gateway/FileStore.ts";
import { hit, isResetUnread } from "../gateway/generate.ts";
import type { Replying } from "../gateway/Orchestra.ts";
import { batches } from "../gateway/pipelines.ts";
import type { Gateway, Incoming } from "../gateway/route.ts";
import { reset } from "../proxy/proxied.ts";
import type { Reply } from "../Reply.ts";
import { answered } from "./answered.ts";
import { readSent, write } from "./bodies.ts";
import { chatChunks } from "./chatChunks.ts";
import type { Door } from "./Door.ts";
import { doors } from "./doors.ts";
import { failure } from "./failure.ts";
import { modelList } from "./modelList.ts";

const prefix = "/v1/";

/** `undefined` for what is no path of OpenAI's. */
export const openai = (gateway: Gateway, incoming: Incoming): Replying | undefined => {
  const { method, path } = incoming;
  if (!path.startsWith(prefix)) return undefined;
  const name = path.slice(prefix.length);
  if (name === "models" && method === "GET")
    return Effect.map(Clock.currentTimeMillis, (now) => modelList(gateway, now));
  const door = method === "POST" ? doors.get(name) : undefined;
  if (door === undefined) {
    return Effect.succeed(failure(404, { message: `Unknown request URL: ${method} ${path}.`, code: "unknown_url" }));
  }
  return isResetUnread(gateway, incoming) ? Effect.succeed(reset) : enter(gateway, incoming, door);
};

const enter = Effect.fnUntraced(function* (
  gateway: Gateway,
  incoming: Incoming,
  door: Door,
): Effect.fn.Return<Reply, never, Scope.Scope> {
  const sent = yield* readSent(incoming, door);
  if (sent.noted !== undefined) incoming.noteBody(sent.noted);
  const body = yield* write(sent, door);
  const { streams, answer } = yield* batches[door.pipeline]({
    ...incoming,
    path: `/${door.pipeline}`,
    headers: { ...incoming.headers, "content-type": body.contentType },
    bytes: Effect.succeed(body.bytes),
  });
  const made: Array<ResultFile> = [];
  const orchestra = {
    ...gateway,
    models: gateway.models.welcoming,
    files: {
      keep: (files: ReadonlyArray<ResultFile>) => {
        made.push(...files);
        return gateway.files.keep(files);
      },
    },
  };
  const created = Math.floor((yield* Clock.currentTimeMillis) / 1_000);
  const told = (reply: Reply): Reply =>
    answered(reply, door, { fields: sent.fields ?? {}, made, created, host: incoming.headers.host ?? "localhost" });
  const work = Effect.map(
    Effect.suspend(() => answer(orchestra)),
    (reply) => (reply.kind === "stream" ? chatChunks(reply, sent.fields ?? {}) : told(reply)),
  );
  return yield* Effect.map(hit(gateway, incoming, { key: incoming.key, pipeline: door.pipeline, streams }, work), told);
});
