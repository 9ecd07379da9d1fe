/** The result of `sluice init`. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const file = z.strictObject({
  path: z.string().describe("From the folder where it ran."),
  action: z
    .enum(["written", "replaced", "extended", "kept"])
    .describe("What was done, or with dryRun would be; `extended`: lines were added at its end."),
});

export const init = success("init", {
  gateway: z.string(),
  dryRun: z.boolean(),
  files: z.array(file),
  next: z.array(z.string()).describe("Commands to go on with."),
});
export type Init = DoneOf<typeof init>;
