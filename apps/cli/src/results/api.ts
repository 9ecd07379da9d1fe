/** What `sluice api` prints for programs. While it serves, the lines of its log stand between the event and the result. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const listening = z.strictObject({
  type: z.literal("listening"),
  url: z.url(),
  adminUrl: z.url().describe("Figures, health and keys, for the operator alone."),
  docs: z.url(),
  behind: z.string().describe("The gateway, for a person."),
});
export type ApiListening = z.input<typeof listening>;

const logged = z.looseObject({ level: z.int(), time: z.int(), msg: z.string().optional() });

export const apiEvent = z.union([listening, logged]);

export const api = success("api", {
  checked: z.boolean().describe("Whether the configuration was checked; else it served."),
  warnings: z.array(z.string()).readonly(),
});
export type Api = DoneOf<typeof api>;

export const apiKeyNew = success("api key new", {
  key: z.string().describe("For the caller alone; it is shown this once."),
  name: z.string(),
  id: z.string().describe("The key's public part."),
  hash: z.string().describe("For the configuration; it opens nothing."),
  created: z.iso.date(),
});
export type ApiKeyNew = DoneOf<typeof apiKeyNew>;

export const apiAlertsTest = success("api alerts test", {
  webhooks: z.array(z.strictObject({ isTaken: z.boolean(), host: z.string(), line: z.string() }).readonly()).readonly(),
  saved: z.string().nullable().describe("The file that `sluice launch check` reads; null: none was written."),
});
export type ApiAlertsTest = DoneOf<typeof apiAlertsTest>;
