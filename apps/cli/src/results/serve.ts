/** What `sluice serve` prints for programs: that it listens, then, when it is stopped, what it served. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

export const serveEvent = z.strictObject({
  type: z.literal("listening"),
  url: z.url().describe("For `--gateway`."),
  dialect: z.enum(["go-livepeer", "studio"]),
  journal: z.url().describe("What it was asked, and what it answered."),
  model: z.string().describe("The default model of text-to-image."),
  state: z.enum(["warm", "cold"]).describe("Of that model."),
});
export type ServeEvent = z.input<typeof serveEvent>;

export const serve = success("serve", { url: z.url(), requests: z.int().nonnegative() });
export type Serve = DoneOf<typeof serve>;
