/** OpenAI's request for the next message of a conversation as a gateway's llm. */
import type { CallInput } from "@sluice/core/effect";
import { Llm } from "@sluice/models";
import * as z from "zod";
import { messages, plainMessages } from "./chatMessages.ts";
import { hint, model, only, onlyAbsent, onlyEmpty, user } from "./fields.ts";
import { given } from "./mistaken.ts";
import type { ModelNames } from "./ModelNames.ts";

const livepeer = Llm.input.shape;
const noTools = "the gateways know no tools";
const noGrades = "the gateways have no field for it";
const maxTokens = livepeer.max_tokens.unwrap().nullish();

export const ChatCompletion = z
  .strictObject({
    messages,
    model,
    max_tokens: maxTokens.describe("As `max_completion_tokens`, by its old name."),
    max_completion_tokens: maxTokens.describe("The longest answer, and what is paid for; 256 when absent."),
    temperature: livepeer.temperature.unwrap().nullish(),
    top_p: livepeer.top_p.unwrap().nullish(),
    top_k: livepeer.top_k.unwrap().nullish(),
    n: only(1, "a gateway gives one answer"),
    stream: z.boolean().nullish().describe("Send the text as it comes, as server-sent events that end with [DONE]."),
    stream_options: z
      .strictObject({
        include_usage: z.boolean().nullish().describe("Tell in a last chunk how many tokens there were."),
        include_obfuscation: z.boolean().nullish().describe("Accepted; nothing is added to chunks."),
      })
      .nullish(),
    frequency_penalty: only(0, noGrades),
    presence_penalty: only(0, noGrades),
    logit_bias: z
      .strictObject({}, { error: `must be empty or absent: ${noGrades}` })
      .nullish()
      .describe("Only an empty object, or absent."),
    logprobs: only(false, "the gateways tell nothing of probabilities"),
    top_logprobs: only(0, "the gateways tell nothing of probabilities"),
    stop: onlyEmpty("the gateways have no field for it"),
    response_format: z
      .strictObject({ type: z.literal("text", { error: 'must be "text": the gateways give no shape to an answer' }) })
      .nullish()
      .describe("Only text, or absent."),
    tools: onlyEmpty(noTools),
    tool_choice: z
      .enum(["none", "auto"], { error: `must be none, auto or absent: ${noTools}` })
      .nullish()
      .describe(`Only none or auto, or absent: ${noTools}.`),
    parallel_tool_calls: hint(z.boolean(), noTools),
    functions: onlyEmpty("the gateways know no functions"),
    function_call: z.enum(["none", "auto"]).nullish().describe("Only none or auto: the gateways know no functions."),
    modalities: z
      .array(z.literal("text", { error: 'must be "text": the gateways answer in nothing else' }))
      .nullish()
      .describe("Only text, or absent."),
    audio: onlyAbsent("the gateways answer in text"),
    prediction: onlyAbsent(noGrades),
    reasoning_effort: onlyAbsent(noGrades),
    verbosity: only("medium", noGrades),
    web_search_options: onlyAbsent("the gateways' models search nothing"),
    service_tier: z.enum(["auto", "default"]).nullish().describe("Only auto or default: there is one tier."),
    store: only(false, "nothing is kept"),
    seed: hint(z.int()),
    metadata: hint(z.record(z.string(), z.string()), "nothing is kept"),
    user,
    safety_identifier: user,
    prompt_cache_key: hint(z.string()),
    prompt_cache_retention: hint(z.string()),
  })
  .refine(
    ({ max_tokens: old, max_completion_tokens: now }) => (old ?? undefined) === undefined || (now ?? old) === old,
    {
      path: ["max_tokens"],
      error: "must be the same as max_completion_tokens, whose old name it is",
      params: { fix: "Leave it out." },
    },
  );

export type ChatCompletion = z.output<typeof ChatCompletion>;

/** Throws an `UnknownModel`. */
export const llmInput = (fields: ChatCompletion, names: ModelNames): Omit<CallInput<"llm">, "stream"> => ({
  messages: plainMessages(fields.messages),
  ...given({
    model: names.resolve(fields.model),
    max_tokens: fields.max_completion_tokens ?? fields.max_tokens,
    temperature: fields.temperature,
    top_p: fields.top_p,
    top_k: fields.top_k,
  }),
});
