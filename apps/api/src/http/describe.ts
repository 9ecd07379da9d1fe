/** What every route says of its answers in the OpenAPI document. */
import type * as z from "zod";
import { Problem, problemType } from "./problem.ts";

const problem = { description: "An RFC 9457 problem.", content: { [problemType]: { schema: Problem } } };

export const problems = { "4xx": problem, "5xx": problem } as const;

/** An answer in JSON. */
export const inJson = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema } },
});
