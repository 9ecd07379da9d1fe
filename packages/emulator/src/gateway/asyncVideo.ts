/**
 * image-to-video with `Prefer: respond-async`: the gateway gives the request an id, works on when the client has gone,
 * and tells who asks for the id how far it is.
 *
 * After server/ai_mediaserver.go: every failure is masked as a 500 is. A panic is not a handler's there, so that it ends
 * the gateway, which forgets what it was asked when it is started again.
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { goError, goJson, json, type Reply } from "../Reply.ts";
import { decodeJson } from "./goDecode.ts";
import type { GoStruct } from "./goStruct.ts";
import type { Incoming } from "./Incoming.ts";
import type { Replying } from "./Orchestra.ts";

export const resultPath = "/image-to-video/result";

/** The header is compared as it is, other preferences and all. */
export const isAsync = ({ path, headers }: Incoming): boolean =>
  path === "/image-to-video" && headers["prefer"] === "respond-async";

const resultRequest = {
  name: "ImageToVideoResultRequest",
  fields: { request_id: "string" },
} as const satisfies GoStruct;

/** As they stand in `result`, or still being worked on. */
type Progress = { readonly result: unknown } | "processing";

/** Older ones are forgotten, so that an emulator can run for days. */
const longest = 10_000;

export class AsyncVideos {
  readonly #scope: Scope.Scope;
  readonly #jobs = new Map<string, Progress>();

  /** The work goes on as long as the scope lives. */
  constructor(scope: Scope.Scope) {
    this.#scope = scope;
  }

  /** Takes the work of a request on. `noteUnits`: told what the network metered, when it has run. */
  accept(id: string, work: Replying, noteUnits: (units: number) => void): Effect.Effect<Reply> {
    const begin = Effect.sync(() => {
      this.#jobs.set(id, "processing");
      const [oldest] = this.#jobs.keys();
      if (this.#jobs.size > longest && oldest !== undefined) this.#jobs.delete(oldest);
    });
    const job = Effect.map(Effect.scoped(work), (reply) => {
      if (reply.kind === "answer" && reply.units !== undefined) noteUnits(reply.units);
      const result = resultOf(reply);
      if (result === undefined) this.#jobs.delete(id);
      else this.#jobs.set(id, { result });
    });
    return Effect.as(Effect.andThen(begin, Effect.forkIn(job, this.#scope)), json(202, { request_id: id }));
  }

  /** Answers a poll. Go sees a text in an answer that does not say what it is. */
  poll({ bytes, noteBody }: Incoming): Effect.Effect<Reply> {
    return Effect.map(bytes, (raw) => {
      const decoded = decodeJson(resultRequest, raw.toString("utf8"));
      if (decoded.body !== undefined) noteBody(decoded.body);
      if (!decoded.ok) return goError(400, decoded.message);
      const job = this.#jobs.get(decoded.params.request_id ?? "");
      if (job === undefined) return goError(400, "invalid request ID");
      return job === "processing"
        ? sniffed(202, { status: "processing" })
        : sniffed(200, { result: job.result, status: "complete" });
    });
  }
}

const sniffed = (status: number, value: unknown): Reply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "text/plain; charset=utf-8" },
  body: `${goJson(value)}\n`,
});

/** `undefined` after a panic. */
const resultOf = (reply: Reply): unknown => {
  if (reply.kind !== "answer") return undefined;
  return reply.status === 200 ? JSON.parse(String(reply.body)) : { error: { message: "Internal Server Error" } };
};
