/** One try to send a receiver a message, signed for now. What went wrong is said without its URL, which may be a secret. */
import { InsideAddress } from "./outsideOnly.ts";
import type { PostWebhook, WebhookAnswer } from "./postWebhook.ts";
import { headersOf, type Message } from "./signature.ts";
import type { WebhookSettings } from "./WebhookSettings.ts";

export interface SendPorts {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly post: PostWebhook;
}

/** What was answered, or why nothing was. */
export type Sent = WebhookAnswer | { readonly status?: never; readonly reason: string };

/** Never rejects. */
export const sendMessage = async (
  { url, secret, allowPrivate }: WebhookSettings,
  message: Message,
  { now, post }: SendPorts,
  signal: AbortSignal,
): Promise<Sent> => {
  const headers = { "user-agent": "sluice-api", ...headersOf(message, now(), secret) };
  try {
    return await post({ url, headers, body: message.body, allowPrivate, signal });
  } catch (error) {
    return { reason: signal.aborted ? "the service ended" : reasonOf(error) };
  }
};

export const isTaken = ({ status = 0 }: Sent): boolean => status >= 200 && status < 300;

/** Such as `ECONNREFUSED`. Never a message, which could repeat the URL. */
const reasonOf = (error: unknown): string => {
  if (error instanceof InsideAddress) return "its host is inside a network; set allowPrivate if that is meant";
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "AbortError") return "no answer in time";
  return "code" in error && typeof error.code === "string" ? error.code : "no answer";
};
