/** zod's issues as mistakes that a person can act on: the first of each field, because the others often follow from it. */
import type { FieldError } from "@sluice/errors";
import type * as z from "zod";

export const fieldErrors = (error: z.ZodError): ReadonlyArray<FieldError> => {
  const all = mistakesOf(error);
  return all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index);
};

const mistakesOf = (error: z.ZodError): ReadonlyArray<FieldError> =>
  error.issues.flatMap((issue): ReadonlyArray<FieldError> => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known field" }));
    }
    const missing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
    return [{ path: path.join("."), message: missing ? "is required" : lowerFirst(issue.message) }];
  });

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
