/** `chat/completions` as llm; `chatChunks.ts` has its streams. */
import { type Door, type Fields, inJson } from "./Door.ts";
import { modelOf } from "./modelOf.ts";

const mostTokens = 256;

export const chatCompletions: Door = {
  pipeline: "llm",
  sentAs: "json",
  ask: ({ model, messages, stream, max_tokens, max_completion_tokens, temperature, top_p }) => ({
    model: modelOf("llm", model),
    messages: Array.isArray(messages) ? messages.map(messageOf) : messages,
    stream: stream ?? false,
    max_tokens: max_completion_tokens ?? max_tokens ?? mostTokens,
    temperature,
    top_p,
  }),
  tell: ({ object, choices, ...rest }) => {
    if (object !== undefined || !Array.isArray(choices)) return undefined;
    const told = choices.map(({ message, ...choice }: Fields) => ({
      ...choice,
      message: { ...(message as Fields), refusal: null },
      logprobs: null,
    }));
    return inJson({ object: "chat.completion", ...rest, choices: told });
  },
};

const messageOf = (message: unknown): unknown => {
  if (typeof message !== "object" || message === null) return message;
  const { role, content } = message as Fields;
  return { role: role === "developer" ? "system" : role, content: Array.isArray(content) ? textOf(content) : content };
};

const textOf = (parts: ReadonlyArray<unknown>): string =>
  parts
    .map((part) => (part as Fields | null)?.["text"])
    .filter((text) => typeof text === "string")
    .join("\n");
