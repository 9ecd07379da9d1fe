/** `POST /chat/completions`, whole or as a stream. */
import { defaultModel } from "@sluice/models";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import type * as z from "zod";
import { chatStream, streamHeaders } from "../calls/chatStream.ts";
import { failureIn } from "../http/answerError.ts";
import { ChatAnswer, chatAnswer, ChatChunk, ChatChunks, type Heading } from "./chatAnswer.ts";
import { ChatCompletion, llmInput } from "./chatRequest.ts";

import { readFields } from "./mistaken.ts";
import { openaiErrorOf, openaiErrors } from "./openaiError.ts";
import type { OpenaiScope } from "./openaiRoutes.ts";

const operation = "chat/completions";

/** What is sent is text, which nothing checks again. */
const chunk: z.ZodType = ChatChunk;

const answers = {
  description: "The answer; with `stream`, an event for each `chat.completion.chunk`, then `data: [DONE]`.",
  content: { "application/json": { schema: ChatAnswer }, "text/event-stream": { schema: chunk } },
};

export const chatRoute =
  ({ calls, names, keepAliveMs, now }: OpenaiScope): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.post(
      `/${operation}`,
      {
        schema: {
          summary: "Answer a conversation",
          operationId: "createChatCompletion",
          tags: ["OpenAI"],
          body: ChatCompletion,
          response: { 200: answers, ...openaiErrors },
        },
      },
      async (request, reply) => {
        const exchange = { request, reply };
        const fields = readFields(ChatCompletion, request.body, operation);
        const input = llmInput(fields, names);
        const heading: Heading = {
          id: `chatcmpl-${request.id}`,
          created: Math.floor(now() / 1_000),
          model: input.model ?? defaultModel("llm"),
        };
        if (fields.stream !== true) {
          return chatAnswer(heading, await calls.run(exchange, "llm", input));
        }
        const body = await chatStream({
          call: (onText) => calls.chat(exchange, input, onText),
          events: new ChatChunks(heading, fields.stream_options?.include_usage ?? false),
          keepAliveMs,
          errorOf: (error) => openaiErrorOf(failureIn(error, request)),
        });
        return reply.headers(streamHeaders).send(body);
      },
    );
    done();
  };
