/** The result of `sluice chat`, and the pieces of text before it. */
import * as z from "zod";
import { attempt, callEvent, cost } from "./call.ts";
import { type DoneOf, success } from "./Result.ts";

const usage = z.strictObject({ completion_tokens: z.int(), prompt_tokens: z.int(), total_tokens: z.int() });

const answered = success("chat", {
  text: z.string(),
  usage: usage.nullable().describe("As the gateway says; null when it says nothing."),
  finish_reason: z.string(),
  cost,
  gateway: z.string(),
  model: z.string(),
  attempts: z.array(attempt),
  requestId: z.string(),
  durationMs: z.number(),
  firstTextMs: z.number().nullable().describe("From the start of the call; null when it did not stream."),
});
export type ChatAnswered = DoneOf<typeof answered>;

const planned = success("chat", {
  dryRun: z.literal(true),
  gateway: z.string(),
  url: z.url(),
  request: z.record(z.string(), z.unknown()).describe("Its fields, as they would be sent."),
  cost,
});
export type ChatPlanned = DoneOf<typeof planned>;

export const chatResult = z.union([answered, planned]);

const text = z.strictObject({ type: z.literal("text"), text: z.string() });
export type ChatPiece = z.input<typeof text>;

export const chatEvent = z.discriminatedUnion("type", [text, ...callEvent.options]);
