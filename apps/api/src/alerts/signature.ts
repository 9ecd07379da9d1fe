/** The headers of Standard Webhooks 1.0, by which a receiver knows who sent a message, and that it is neither changed nor old. */
import { createHmac, randomUUID } from "node:crypto";

export interface Message {
  /** The same in every try. */
  readonly id: string;
  readonly body: string;
}

export const newMessageId = (): string => `msg_${randomUUID().replaceAll("-", "")}`;

const prefix = "whsec_";

/** The bytes of a secret as it is written; `undefined` when it is not one of 24 to 64 bytes. */
export const keyOf = (secret: string): Buffer | undefined => {
  if (!secret.startsWith(prefix)) return undefined;
  const text = secret.slice(prefix.length);
  const key = Buffer.from(text, "base64");
  // Node skips what is no base64.
  return key.length >= 24 && key.length <= 64 && key.toString("base64") === text ? key : undefined;
};

/** `at`: when this try is made, in Unix milliseconds. Receivers refuse one that is some minutes old. Unsigned without a secret. */
export const headersOf = (
  { id, body }: Message,
  at: number,
  secret: string | undefined,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1_000));
  const key = secret === undefined ? undefined : keyOf(secret);
  const plain = { "webhook-id": id, "webhook-timestamp": timestamp };
  if (key === undefined) return plain;
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { ...plain, "webhook-signature": `v1,${signature}` };
};
