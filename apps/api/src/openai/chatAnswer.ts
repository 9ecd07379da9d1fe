/** An answer of a conversation in OpenAI's shapes: whole, and in the chunks of a stream. */
import type { ResultOf } from "@sluice/core/effect";
import * as z from "zod";
import type { ChatEvents } from "../calls/chatStream.ts";

const usage = z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() });

const sluice = z
  .object({ cost_usd: z.string().describe("Exact, as a decimal; or `unknown`.") })
  .describe("What OpenAI has no field for.");

const finishReason = z.string().describe("`stop`, as a rule: the gateways know no other.");

export const ChatAnswer = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion"),
    created: z.int().describe("Unix time in seconds."),
    model: z.string().describe("The one that answered."),
    choices: z.array(
      z.object({
        index: z.literal(0),
        message: z.object({ role: z.literal("assistant"), content: z.string(), refusal: z.null() }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage: usage.optional().describe("Absent when the gateway did not tell."),
    sluice,
  })
  .meta({ id: "OpenaiChat" });

export const ChatChunk = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion.chunk"),
    created: z.int().describe("Unix time in seconds."),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.literal(0),
        delta: z.object({ role: z.literal("assistant").optional(), content: z.string().optional() }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: usage.nullish().describe("With `include_usage`: null but in the last chunk."),
    sluice: sluice.optional(),
  })
  .meta({ id: "OpenaiChatChunk" });

type ChatChunk = z.infer<typeof ChatChunk>;

/** What is known of an answer before it comes. */
export interface Heading {
  readonly id: string;
  /** Unix time in seconds. */
  readonly created: number;
  /** The one that was asked for. */
  readonly model: string;
}

const reasonOf = ({ finish_reason: reason }: ResultOf<"llm">): string => (reason === "" ? "stop" : reason);

export const chatAnswer = ({ id, created }: Heading, result: ResultOf<"llm">): z.infer<typeof ChatAnswer> => ({
  id,
  object: "chat.completion",
  created,
  model: result.meta.model,
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: result.text, refusal: null },
      logprobs: null,
      finish_reason: reasonOf(result),
    },
  ],
  ...(result.usage === undefined ? {} : { usage: result.usage }),
  sluice: { cost_usd: result.meta.cost.usd },
});

export class ChatChunks implements ChatEvents {
  readonly #base: Pick<ChatChunk, "id" | "object" | "created" | "model">;
  readonly #includeUsage: boolean;

  constructor({ id, created, model }: Heading, includeUsage: boolean) {
    this.#base = { id, object: "chat.completion.chunk", created, model };
    this.#includeUsage = includeUsage;
  }

  get first(): ChatChunk {
    return this.#chunk({ role: "assistant", content: "" }, null);
  }

  readonly text = (content: string): ChatChunk => this.#chunk({ content }, null);

  /** With the usage by itself at the end, when it was asked for and the gateway told. */
  readonly last = (result: ResultOf<"llm">): ReadonlyArray<ChatChunk | string> => {
    const { usage, meta } = result;
    const told = { model: meta.model, sluice: { cost_usd: meta.cost.usd } };
    const end = { ...this.#chunk({}, reasonOf(result)), ...told };
    const isTold = this.#includeUsage && usage !== undefined;
    return isTold ? [end, { ...this.#base, ...told, choices: [], usage }, "[DONE]"] : [end, "[DONE]"];
  };

  #chunk(delta: ChatChunk["choices"][number]["delta"], reason: string | null): ChatChunk {
    return {
      ...this.#base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
      ...(this.#includeUsage ? { usage: null } : {}),
    };
  }
}
