/** An answer in OpenAI's words: a result by its door, a failure by its status. What is in them already stays as it is. */
import type { Reply } from "../Reply.ts";
import type { Asked, Door, Fields } from "./Door.ts";
import { worded } from "./failure.ts";

export const answered = (reply: Reply, { tell }: Door, asked: Asked): Reply => {
  if (reply.kind !== "answer") return reply;
  if (reply.status >= 400) return worded(reply);
  const result = resultIn(reply.headers["Content-Type"], reply.body);
  return result === undefined ? reply : { ...reply, ...tell(result, asked) };
};

const resultIn = (type: string | undefined, body: string | Uint8Array): Fields | undefined => {
  if (type !== "application/json" || typeof body !== "string") return undefined;
  const value: unknown = JSON.parse(body);
  return typeof value === "object" && value !== null ? (value as Fields) : undefined;
};
