/** llm: a chat's next turn, whole or token by token, metered by the tokens that it may have. Tokens are words here. */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Dice } from "../../dice.ts";
import { goError, goJson, hangUp, metered, type Reply } from "../../Reply.ts";
import { jsonBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { noOrchestrator, type Orchestra, submit } from "../Orchestra.ts";

const llmMessage = { name: "LLMMessage", fields: { content: "string", role: "string" } } as const satisfies GoStruct;

const llmRequest = {
  name: "LLMRequest",
  fields: {
    max_tokens: "int",
    messages: { sliceOf: llmMessage },
    model: "string",
    stream: "bool",
    temperature: "float32",
    top_k: "int",
    top_p: "float32",
  },
} as const satisfies GoStruct;

interface Chat {
  readonly messages: ReadonlyArray<ParamsOf<typeof llmMessage>>;
  readonly model: string;
  readonly stream: boolean;
  /** The most tokens of the answer. */
  readonly maxTokens: number;
}

export const llm = jsonBatch(llmRequest, (orchestra, params) => {
  const chat = chatOf(params);
  if (chat === undefined) return Effect.succeed(goError(400, "missing required fields"));
  return submit(orchestra, "llm", chat.model, (now) => {
    if (isSound(params)) return answer(chat, orchestra, Math.floor(now / 1000));
    // The runner's ValueError: a 500 of every orchestrator, or an event without choices, on which the gateway panics.
    return chat.stream ? hangUp : noOrchestrator(orchestra);
  });
});

const chatOf = ({ messages, model, stream, max_tokens }: ParamsOf<typeof llmRequest>): Chat | undefined => {
  if (isNil(messages) || isNil(model) || isNil(stream) || isNil(max_tokens) || messages.length === 0) return undefined;
  return { messages, model, stream, maxTokens: max_tokens };
};

const isNil = (value: unknown): value is undefined | null => value === undefined || value === null;

const roles = ["system", "user", "assistant"];

/** What the runner checks before it generates. */
const isSound = ({ messages, max_tokens, temperature, top_p }: ParamsOf<typeof llmRequest>): boolean =>
  (messages ?? []).every(({ role }) => roles.includes(role ?? "")) &&
  (max_tokens ?? 1) >= 1 &&
  isWithin(temperature ?? 0, 2) &&
  isWithin(top_p ?? 0, 1);

const isWithin = (value: number, most: number): boolean => value >= 0 && value <= most;

const tokensOf = (text: string): ReadonlyArray<string> => text.match(/\s*\S+/g) ?? [];

const answer = ({ messages, model, stream, maxTokens }: Chat, orchestra: Orchestra, created: number): Reply => {
  const asked = messages.findLast(({ role }) => role === "user")?.content ?? "";
  const tokens = tokensOf(`There is no language model here. You said: ${asked}`).slice(0, maxTokens);
  const prompt = messages.reduce((total, { content }) => total + tokensOf(content ?? "").length, 0);
  const id = `chatcmpl-${uuid(orchestra.dice)}`;
  const about = (completion: number) => ({
    created,
    id,
    model,
    usage: { completion_tokens: completion, prompt_tokens: prompt, total_tokens: prompt + completion },
  });
  if (!stream) {
    const message = { content: tokens.join(""), role: "assistant" };
    return metered(maxTokens, { choices: [{ finish_reason: "stop", index: 0, message }], ...about(tokens.length) });
  }
  const event = (content: string, finish_reason: string, completion: number) => {
    const choice = { delta: { content, role: "assistant" }, finish_reason, index: 0 };
    return `data: ${goJson({ choices: [choice], ...about(completion) })}\n\n`;
  };
  const events = tokens.map((token, index) => event(token, "", index + 1));
  // No `[DONE]`: the worker drops it.
  events.push(event("", "stop", tokens.length));
  return {
    kind: "stream",
    status: 200,
    headers: eventStream,
    chunks: paced(events, orchestra),
    then: "end",
    units: maxTokens,
  };
};

/** Each token takes its time; the end comes with the last of them. */
const paced = (events: ReadonlyArray<string>, { firstToken, betweenTokens }: Orchestra): Stream.Stream<string> =>
  Stream.fromIterable(events).pipe(
    Stream.zipWithIndex,
    Stream.mapEffect(([event, index]) => {
      if (index === events.length - 1) return Effect.succeed(event);
      return Effect.as(index === 0 ? firstToken : betweenTokens, event);
    }),
    Stream.rechunk(1),
  );

const eventStream = { "Content-Type": "text/event-stream", "Cache-Control": "no-cache", Connection: "keep-alive" };

/** A random one, RFC 9562's version 4. */
const uuid = (dice: Dice): string => {
  const hex = Array.from({ length: 4 }, () => dice.word().toString(16).padStart(8, "0")).join("");
  const variant = dice.pick(["8", "9", "a", "b"]);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    "-",
  );
};
