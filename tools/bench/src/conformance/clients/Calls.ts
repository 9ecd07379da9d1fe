/** What the runner asks of a client, and what each of them is asked for. */

export type Open = (at: At) => Promise<Calls>;

export interface At {
  readonly url: string;
  readonly key: string;
  readonly timeoutMs?: number;
}

export interface Calls {
  /** Gives the image: its URL, or its bytes as base64. */
  readonly generate: () => Promise<string | undefined>;
  /** Gives the pieces of a chat's answer as they come. */
  readonly chat: (onToken: (token: string) => void) => Promise<void>;
}

export const prompt = "a red fox in snow";
export const imageModel = "SG161222/RealVisXL_V4.0_Lightning";
export const chatModel = "meta-llama/Meta-Llama-3.1-8B-Instruct";
export const messages = [{ role: "user", content: "Describe a fox." }] as const;
