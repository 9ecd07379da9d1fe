/**
 * The faults that happen to an answer instead of taking its place: streams of tokens that are slow or break off, and
 * bodies that drip. They leave alone what they cannot happen to.
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { goJson, type Reply, type StreamReply } from "./Reply.ts";
import type { Fault, FaultKind } from "./Fault.ts";
import type { ProxyFaultKind } from "./proxy/ProxyFault.ts";

type Chunks = StreamReply["chunks"];

/** The kinds that change an answer. */
export type ChangingKind = Exclude<Extract<FaultKind, `stream-${string}` | `slow-${string}`>, ProxyFaultKind>;

const defaults = { tokens: 3, ms: 1_000, firstMs: 30_000 };

/** What comes after the last event of a stream in OpenAI's words. */
export const doneEvent = "data: [DONE]\n\n";

/** The last event says why it is the last, which no text in an event can: its quotes are escaped. */
const isUnfinished = (chunk: string | Uint8Array): boolean =>
  typeof chunk !== "string" || !(chunk.includes('"finish_reason":"stop"') || chunk === doneEvent);

/** So many tokens, and never the end. */
const begun = (chunks: Chunks, { tokens = defaults.tokens }: Fault): Chunks =>
  chunks.pipe(Stream.filter(isUnfinished), Stream.take(tokens));

const followedBy = (chunks: Chunks, event: string): Chunks => Stream.concat(chunks, Stream.succeed(event));

const delayed = (chunks: Chunks, ms: number): Chunks => Stream.unwrap(Effect.as(Effect.sleep(ms), chunks));

const pausing = (chunks: Chunks, ms: number): Chunks =>
  chunks.pipe(
    Stream.zipWithIndex,
    Stream.mapEffect(([chunk, index]) => Effect.as(index === 0 ? Effect.void : Effect.sleep(ms), chunk)),
  );

/** What the runner says in its stream when its model fails; Python's JSON. */
const runnerError = 'data: {"error": "CUDA out of memory."}\n\n';

/** What the worker reads from that: a chunk with nothing in it. */
const emptyChunk = `data: ${goJson({
  choices: null,
  created: 0,
  id: "",
  model: "",
  usage: { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 },
})}\n\n`;

const ofStreams: Readonly<
  Record<Exclude<ChangingKind, BodyKind>, (stream: StreamReply, fault: Fault) => Partial<StreamReply>>
> = {
  "slow-first-token": ({ chunks }, { ms = defaults.firstMs }) => ({ chunks: delayed(chunks, ms) }),
  "slow-tokens": ({ chunks }, { ms = defaults.ms }) => ({ chunks: pausing(chunks, ms) }),
  "stream-truncated": ({ chunks }, fault) => ({ chunks: begun(chunks, fault) }),
  "stream-reset": ({ chunks }, fault) => ({ chunks: begun(chunks, fault), then: "reset" }),
  "stream-error": ({ chunks }, fault) => ({ chunks: followedBy(begun(chunks, fault), runnerError) }),
  "stream-empty-chunk": ({ chunks }, fault) => ({ chunks: followedBy(begun(chunks, fault), emptyChunk) }),
};

export const isChanging = (kind: FaultKind): kind is ChangingKind => isOfBodies(kind) || Object.hasOwn(ofStreams, kind);

/** Whether its time is that of each wait in the answer, and not the one before it. */
export const isSlow = (kind: FaultKind): boolean => kind.startsWith("slow-");

/** Whether the fault can happen to the answer of such a request. */
export const happensTo = (kind: FaultKind, streams: boolean): boolean =>
  isOfBodies(kind) || streams || !isChanging(kind);

export const changed = (reply: Reply, kind: ChangingKind, fault: Fault): Reply => {
  if (isOfBodies(kind)) return ofBodies[kind](reply, fault);
  return reply.kind === "stream" ? { ...reply, ...ofStreams[kind](reply, fault) } : reply;
};

const drips = 10;

/** Of a whole answer, its bytes in so many pieces, behind headers that say how long it is. */
const inPieces = (reply: Reply, count: number, slowed: (chunks: Chunks) => Chunks): Reply => {
  if (reply.kind === "stream") return { ...reply, chunks: slowed(reply.chunks) };
  if (reply.kind !== "answer") return reply;
  const bytes = Buffer.from(reply.body);
  const size = Math.ceil(bytes.length / count);
  const pieces = Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  return {
    ...reply,
    kind: "stream",
    headers: { ...reply.headers, "Content-Length": String(bytes.length) },
    chunks: slowed(Stream.fromIterable(pieces.filter(({ length }) => length > 0))),
    then: "end",
  };
};

/** The kinds that happen to any answer. */
type BodyKind = "slow-body" | "slow-first-byte";

const ofBodies: Readonly<Record<BodyKind, (reply: Reply, fault: Fault) => Reply>> = {
  "slow-body": (reply, { ms = defaults.ms }) => inPieces(reply, drips, (chunks) => pausing(chunks, ms)),
  "slow-first-byte": (reply, { ms = defaults.firstMs }) => inPieces(reply, 1, (chunks) => delayed(chunks, ms)),
};

const isOfBodies = (kind: FaultKind): kind is BodyKind => Object.hasOwn(ofBodies, kind);
