/**
 * `POST /process/request/<path>`: a job for a capability of one's own, given to one orchestrator after another until one
 * does it. After byoc/job_gateway.go at 176aa415, with what it gets wrong: when all have failed, nobody says so, and
 * when one has streamed its answer, the next one is asked as well.
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Stream from "effect/Stream";
import type { Incoming } from "../gateway/Incoming.ts";
import type { Orchestrator } from "../orchestrators.ts";
import { empty, type Reply, textError } from "../Reply.ts";
import { jobOf } from "./job.ts";
import type { Workers } from "./Workers.ts";
import { doneLine } from "./worker.ts";
import { eventStream, headerOf, noteJson, textPlain } from "./byocRequest.ts";

export const requestPath = "/process/request/";

export const submitJob = Effect.fnUntraced(function* (workers: Workers, incoming: Incoming): Effect.fn.Return<Reply> {
  if (incoming.method !== "POST") return textError(405, "Method not allowed");
  const parsed = jobOf(headerOf(incoming, "livepeer"));
  if (!parsed.ok) return textError(400, parsed.message);
  const { job } = parsed;
  const orchestrators = workers.available(job);
  if (orchestrators.length === 0) return textError(400, `No orchestrators found for capability ${job.capability}`);
  const body = yield* incoming.bytes;
  noteJson(incoming, body);
  const path = incoming.path.slice(requestPath.length);
  const request = { path, contentType: headerOf(incoming, "content-type"), body };
  for (const [index, orchestrator] of orchestrators.entries()) {
    const answer = Option.getOrUndefined(yield* workers.run(orchestrator, job, request));
    if (answer === undefined) continue;
    if (answer.kind === "events") {
      const next = workers.duplicateSse ? orchestrators.slice(index + 1) : [];
      let seconds = workers.seconds(job);
      const again = (other: Orchestrator) =>
        Effect.map(workers.run(other, job, request), (repeated) => {
          if (Option.isNone(repeated) || repeated.value.kind !== "events") return Stream.empty;
          incoming.noteUnits((seconds += workers.seconds(job)));
          return passedOn(repeated.value.lines);
        });
      return {
        kind: "stream",
        status: 200,
        // The orchestrator tells the balance of a stream under another name.
        headers: { ...successHeaders(orchestrator, ""), ...eventStream },
        chunks: Stream.concat(
          passedOn(answer.lines),
          Stream.flatMap(Stream.fromIterable(next), (other) => Stream.unwrap(again(other))),
        ),
        then: "end",
        units: seconds,
      };
    }
    // The orchestrator takes a worker's 401 for a failure of its own.
    if (answer.status >= 500 || answer.status === 401) continue;
    // Orchestrator and gateway send it with `http.Error`, and each adds a line feed.
    if (answer.status >= 400) return textError(answer.status, `${answer.body}\n`);
    return {
      kind: "answer",
      status: 200,
      headers: { ...successHeaders(orchestrator, "0"), ...textPlain },
      body: answer.body,
      units: workers.seconds(job),
    };
  }
  return empty;
});

const successHeaders = ({ url }: Orchestrator, balance: string) => ({
  "Livepeer-Balance": balance,
  "X-Metadata": "",
  "X-Orchestrator-Url": url,
});

/** Line by line, up to the first `[DONE]`, so that no empty line follows it. The orchestrator puts the balance before. */
const passedOn = (lines: ReadonlyArray<string>): Stream.Stream<string> => {
  const end = lines.indexOf(doneLine);
  const balance = ['data: {"balance": 0.000}', "", ""];
  return Stream.fromIterable([...lines.slice(0, end), ...balance, doneLine].map((line) => `${line}\n`));
};
