/** A chat as a stream of tokens, and the events that Go writes for it. */
import type { Heard, Request } from "../ask.ts";
import { type Fields, requestFor } from "../gateway/requests.ts";

export const chatModel = "meta-llama/Meta-Llama-3.1-8B-Instruct";

/** Its answer has ten tokens: "There is no language model here. You said: Hello there". */
export const chatStream = (fields: Fields = {}): Request => requestFor("llm", { stream: true, ...fields });

export interface Token {
  readonly id: string;
  readonly content: string;
  /** How many tokens there are by then. */
  readonly completion: number;
  readonly reason?: string;
}

/** At 1766000000 s, with a prompt of two tokens. */
export const event = ({ id, content, completion, reason = "" }: Token): string =>
  `data: {"choices":[{"delta":{"content":"${content}","role":"assistant"},"finish_reason":"${reason}","index":0}],"created":1766000000,"id":"${id}","model":"${chatModel}","usage":{"completion_tokens":${completion},"prompt_tokens":2,"total_tokens":${completion + 2}}}\n\n`;

/** The texts of its deltas. */
export const contentsOf = ({ body }: Heard): ReadonlyArray<string> =>
  [...body.toString().matchAll(/"delta":\{"content":"([^"]*)"/g)].map(([, content]) => content ?? "");
