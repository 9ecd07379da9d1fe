/**
 * llm: a conversation is continued. `model`, `stream`, `max_tokens` and `messages` are always sent: a self-hosted gateway
 * refuses a request without any of them. It is billed by `max_tokens`, whatever comes.
 */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { billed, modelOf } from "./fields.ts";
import { usual } from "./usual.ts";

const input = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["system", "user", "assistant"], {
          error: ({ input }) => (input === undefined ? "is required" : undefined),
        }),
        content: z.string().describe("Text alone: the gateways take no list of parts."),
      }),
    )
    .min(1)
    .describe("The conversation so far."),
  model: modelOf("llm"),
  temperature: z.number().min(0).max(2).default(0.7).describe("How freely to choose words."),
  max_tokens: billed("max_tokens").default(usual.llm.max_tokens).describe("The longest answer, and what is paid for."),
  top_p: z.number().min(0).max(1).default(1).describe("Choose among the likeliest words that make up this share."),
  top_k: z.int().min(-1).max(1_000_000).default(-1).describe("Choose among so many words; -1: among all."),
  stream: z.boolean().default(false).describe("Send tokens as they come."),
});

const message = z.object({ content: z.string(), role: z.string() });

/** Of a whole answer (`message`) and of each piece of a stream (`delta`) alike. No `object`, as OpenAI's have. */
const output = z.object({
  choices: z.array(
    z.object({
      delta: message.optional(),
      finish_reason: z.string().nullable().default("").describe("Empty until the end, then `stop`."),
      index: z.int(),
      message: message.optional(),
    }),
  ),
  created: z.int(),
  id: z.string(),
  model: z.string(),
  usage: z.object({ completion_tokens: z.int(), prompt_tokens: z.int(), total_tokens: z.int() }),
});

export type LlmInput = z.input<typeof input>;
export type LlmRequest = z.output<typeof input>;
export type LlmOutput = z.output<typeof output>;

export const Llm = {
  name: "llm",
  path: "/llm",
  wire: "json",
  modelField: "model",
  media: { in: "text", out: "text" },
  unit: "token",
  input,
  output,
} as const satisfies Pipeline<"llm", typeof input, typeof output>;
