/** The rules that the schemas keep: what each kind of mistake in a field would become at a gateway. */
import type * as z from "zod";
import { mistakesIn } from "../fieldErrors.ts";
import type { Finding } from "./Rule.ts";

/** By name: what would happen without the rule. */
export const fieldRules = {
  "field-required":
    "Without a prompt or a text a gateway answers 400, without a file as if no model were there; without a model's name it closes the connection.",
  "field-unknown": "go-livepeer ignores a misspelt field and bills the default; Studio refuses it with 422.",
  "field-type": "go-livepeer answers 400 in Go's words; Studio 422 in those of its schema.",
  "field-range":
    "What a runner cannot work with looks like a 500, a 503 or a closed connection; of more than 12 images the gateway keeps the last 12.",
  "field-step": "Sides that are not divisible by 8 are answered with 400.",
  "field-value": "A role that llm does not know closes the connection.",
  "field-form":
    "An empty text and JSON in a string that is broken or of another shape get a 400 from some pipelines; others close the connection.",
} as const;

export type FieldRule = keyof typeof fieldRules;

const byCode: Readonly<Record<string, FieldRule>> = {
  unrecognized_keys: "field-unknown",
  invalid_type: "field-type",
  too_small: "field-range",
  too_big: "field-range",
  not_multiple_of: "field-step",
  invalid_value: "field-value",
};

/** What a schema refuses, by rule. `known`: the names of the fields that there are. */
export const fieldFindings = (error: z.ZodError, known: ReadonlyArray<string> = []): ReadonlyArray<Finding> =>
  mistakesIn(error, known).map(({ code, missing, ...mistake }) => ({
    rule: missing ? "field-required" : (byCode[code] ?? "field-form"),
    severity: "refuse",
    ...mistake,
  }));
