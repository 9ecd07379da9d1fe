/** The result of `sluice errors`. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const answer = z.enum(["yes", "no", "depends"]);
const span = z.strictObject({ least: z.number(), most: z.number() });

export const errors = success("errors", {
  codes: z.array(
    z.strictObject({
      code: z.string(),
      title: z.string(),
      exitCode: z.int(),
      retryable: answer.describe("Whether the same call may succeed later, unchanged."),
      mayHaveRun: answer.describe("Whether the gateway may have done, and billed, the work."),
      docsUrl: z.url(),
    }),
  ),
  explained: z
    .strictObject({
      happened: z.string(),
      todo: z.array(z.string()).describe("What to do, the likeliest first."),
      why: z.string().nullable(),
      sluice: z.string().nullable().describe("What Sluice does about it."),
    })
    .optional()
    .describe("Of one code."),
  policy: z
    .strictObject({
      name: z.string(),
      deadlineMs: z.number(),
      explanations: z.array(
        z.strictObject({
          code: z.string(),
          attempts: z.strictObject({ least: z.int(), most: z.int().nullable().describe("null: without end.") }),
          longestMs: z.number(),
          retries: z.array(z.strictObject({ attempt: z.int(), waitMs: span, startMs: span })),
        }),
      ),
    })
    .optional()
    .describe("With --policy."),
});
export type Errors = DoneOf<typeof errors>;
