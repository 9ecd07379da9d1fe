/** A conversation's answer as a gateway streams it: chunks without OpenAI's `object`, and no `[DONE]` at the end. */
import type { CallInput, ResultOf } from "@sluice/core/effect";
import { defaultModel } from "@sluice/models";
import type { FastifyReply } from "fastify";
import type { Calls, Exchange } from "../calls/Calls.ts";
import { type ChatEvents, chatStream, streamHeaders, usualKeepAliveMs } from "../calls/chatStream.ts";
import { failureIn } from "../http/answerError.ts";
import { problemOf } from "../http/problem.ts";

export const streamChat = async (
  calls: Calls,
  { request, reply }: Exchange,
  { stream: _, ...input }: CallInput<"llm">,
): Promise<FastifyReply> => {
  const body = await chatStream({
    call: (onText) => calls.chat({ request, reply }, input, onText),
    events: eventsOf({ id: request.id, created: Math.floor(Date.now() / 1_000), model: input.model }),
    keepAliveMs: usualKeepAliveMs,
    // In the runner's words, with more beside them.
    errorOf: (error) => {
      const problem = problemOf(failureIn(error, request), request.id);
      return { ...problem, error: problem.detail };
    },
  });
  return reply.headers(streamHeaders).send(body);
};

const none = { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 };

const eventsOf = (asked: { readonly id: string; readonly created: number; readonly model?: string | undefined }) => {
  const chunk = (
    content: string,
    finish_reason: string,
    usage: NonNullable<ResultOf<"llm">["usage"]>,
    model: string,
  ) => ({
    choices: [{ delta: { content, role: "assistant" }, finish_reason, index: 0 }],
    created: asked.created,
    id: asked.id,
    model,
    usage,
  });
  // `@livepeer/ai` sends an empty name for none.
  const { model: named = "" } = asked;
  const model = named === "" ? defaultModel("llm") : named;
  let told = 0;
  const events: ChatEvents = {
    text: (text) => {
      told += 1;
      // A piece is a token, as far as anyone can tell before the end.
      return chunk(text, "", { ...none, completion_tokens: told, total_tokens: told }, model);
    },
    last: ({ finish_reason, usage, meta }) => [chunk("", finish_reason || "stop", usage ?? none, meta.model)],
  };
  return events;
};
