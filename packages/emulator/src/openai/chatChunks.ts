/** A stream of llm as OpenAI streams it: the role once, a `finish_reason` only at the end, and then `[DONE]`. */
import * as Stream from "effect/Stream";
import type { StreamReply } from "../Reply.ts";
import { doneEvent } from "../streamFaults.ts";
import type { Fields } from "./Door.ts";

/** An event of the gateway's. */
interface Chunk {
  readonly choices: ReadonlyArray<{ readonly delta: { readonly content: string }; readonly finish_reason: string }>;
  readonly created: number;
  readonly id: string;
  readonly model: string;
  readonly usage: object;
}

export const chatChunks = (reply: StreamReply, { stream_options: options }: Fields): StreamReply => {
  const wantsUsage = (options as Fields | null | undefined)?.["include_usage"] === true;
  const chunks = reply.chunks.pipe(
    Stream.zipWithIndex,
    Stream.map(([event, index]) => translated(String(event), index === 0, wantsUsage)),
    Stream.concat(Stream.succeed(doneEvent)),
  );
  return { ...reply, chunks };
};

const translated = (event: string, isFirst: boolean, wantsUsage: boolean): string => {
  const { choices, created, id, model, usage } = JSON.parse(event.slice("data: ".length)) as Chunk;
  const about = { id, object: "chat.completion.chunk", created, model };
  const [choice] = choices;
  const isLast = choice?.finish_reason === "stop";
  const delta = isLast ? {} : { ...(isFirst ? { role: "assistant" } : {}), content: choice?.delta.content };
  const told = { ...about, choices: [{ index: 0, delta, logprobs: null, finish_reason: isLast ? "stop" : null }] };
  const total = isLast && wantsUsage ? eventOf({ ...about, choices: [], usage }) : "";
  return eventOf(told) + total;
};

const eventOf = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
