/** What is asked of a BYOC stream that runs: update, stop, status and data; byoc/stream_gateway.go at 176aa415. */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Incoming } from "../gateway/Incoming.ts";
import { empty, json, type Reply, textError } from "../Reply.ts";
import { eventStream, headerOf, noteJson, textPlain } from "./byocRequest.ts";
import { jobOf } from "./job.ts";
import { longestBody, tooLarge } from "./startStream.ts";
import type { Streams } from "./Streams.ts";
import type { Workers } from "./Workers.ts";
import type { WholeAnswer } from "./worker.ts";

const noStream = textError(404, "Stream not found");

const isJson = "application/json";

export const updateStream = Effect.fnUntraced(function* (
  { workers, streams }: { readonly workers: Workers; readonly streams: Streams },
  id: string,
  incoming: Incoming,
): Effect.fn.Return<Reply> {
  const running = streams.running(id);
  if (running === undefined) return noStream;
  const parsed = jobOf(headerOf(incoming, "livepeer"));
  if (!parsed.ok) return textError(400, parsed.message);
  const body = yield* incoming.bytes;
  if (body.length > longestBody) return tooLarge;
  noteJson(incoming, body);
  return answerOf(workers.tell(running.job, { path: "stream/params", contentType: isJson, body }));
});

/** An orchestrator that fails to stop is a line in the gateway's log. */
export const stopStream = Effect.fnUntraced(function* (
  { workers, streams }: { readonly workers: Workers; readonly streams: Streams },
  id: string,
  incoming: Incoming,
): Effect.fn.Return<Reply> {
  const running = streams.running(id);
  if (running === undefined) return noStream;
  const body = yield* incoming.bytes;
  const answer = workers.tell(running.job, { path: "stream/stop", contentType: isJson, body });
  streams.stop(id);
  return answer.status === 200 ? answerOf(answer) : empty;
});

const answerOf = ({ status, body }: WholeAnswer): Reply => ({ kind: "answer", status, headers: textPlain, body });

export const streamStatus = (streams: Streams, id: string): Reply => {
  const status = streams.status(id);
  return status === undefined ? noStream : json(200, status);
};

/** Segments of the worker's, each an event, until the stream is stopped. */
export const streamData = (streams: Streams, id: string): Reply => {
  const running = streams.running(id);
  if (running === undefined) return noStream;
  if (!running.job.dataOutput) return textError(503, "Stream data not available");
  const segments = Stream.map(Stream.range(0, 2), (segment) => `data: {"segment":${segment}}\n\n`);
  // A raw string of Go's: the backslashes are on the wire, and no line ends.
  const end = String.raw`event: end\ndata: {"type":"stream_ended"}\n\n`;
  return {
    kind: "stream",
    status: 200,
    headers: eventStream,
    chunks: Stream.concat(segments, Stream.fromEffect(Effect.as(running.stopped.await, end))),
    then: "end",
  };
};
