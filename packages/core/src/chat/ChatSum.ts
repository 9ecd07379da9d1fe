/** What the pieces of a chat's stream come to. */
import { type Answer, EventStream } from "@sluice/errors";
import { Llm, type LlmOutput } from "@sluice/models";
import type { Chat } from "../pipelines/Results.ts";

/** A chunk as it may come: nothing says that its fields are what they should be. */
interface Chunk {
  readonly choices?: unknown;
  readonly usage?: unknown;
  readonly id?: unknown;
  readonly created?: unknown;
}

interface Choice {
  readonly delta?: { readonly content?: unknown } | null;
  readonly finish_reason?: unknown;
}

const { usage: usageSchema } = Llm.output.shape;

export class ChatSum {
  #text = "";
  #reason = "";
  #usage: unknown;
  #id: string | undefined;
  #created: number | undefined;

  /** Gives back the text that the chunk adds. */
  add({ choices, usage, id, created }: Chunk): string {
    const [choice] = Array.isArray(choices) ? (choices as ReadonlyArray<Choice | null>) : [];
    const { delta, finish_reason: reason } = choice ?? {};
    const text = typeof delta?.content === "string" ? delta.content : "";
    this.#text += text;
    if (typeof reason === "string" && reason !== "") this.#reason = reason;
    // In every chunk of a gateway, in one at the end elsewhere.
    if (typeof usage === "object" && usage !== null) this.#usage = usage;
    if (typeof id === "string") this.#id = id;
    if (typeof created === "number") this.#created = created;
    return text;
  }

  get chat(): Chat {
    const usage: LlmOutput["usage"] | undefined = usageSchema.safeParse(this.#usage).data;
    return {
      text: this.#text,
      finish_reason: this.#reason,
      ...(usage === undefined ? {} : { usage }),
      ...(this.#id === undefined ? {} : { id: this.#id }),
      ...(this.#created === undefined ? {} : { created: this.#created }),
    };
  }
}

/** The chat of a stream that was collected to its end. */
export const chatIn = ({ body }: Answer): Chat => {
  const sum = new ChatSum();
  const events = new EventStream((chunk) => void sum.add(chunk));
  events.push(body);
  events.end();
  return sum.chat;
};
