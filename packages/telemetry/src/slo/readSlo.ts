/** A user's own objectives, such as a parsed file, checked: every mistake by its path and with a fix. */
import { type FieldError, InvalidConfiguration } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import type * as z from "zod";
import { SloFile } from "./SloFile.ts";

const known = Object.keys(SloFile.shape);

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const readSlo = (json: unknown): SloFile => {
  const { success, data, error } = SloFile.safeParse(json, { reportInput: true });
  if (success) return data;
  throw new InvalidConfiguration({ gateway: "any gateway", pipeline: "objectives", fields: mistakesIn(error) });
};

const mistakesIn = (error: z.ZodError): ReadonlyArray<FieldError> => {
  const choices = new Map(error.issues.flatMap((issue) => choiceOf(issue)));
  return fieldErrors(error, known).map(({ path, message, ...rest }) => ({
    path: path === "" ? "slo" : path,
    message: choices.get(path) ?? message,
    ...rest,
  }));
};

/** Of a value that is none of several: it, and them, by its path. */
const choiceOf = (issue: z.core.$ZodIssue): ReadonlyArray<readonly [path: string, message: string]> => {
  if (issue.code !== "invalid_value" || issue.values.length < 2) return [];
  const { path, input, values } = issue;
  const given = typeof input === "string" ? `is ${JSON.stringify(input.slice(0, 80))}, and ` : "";
  return [[path.join("."), `${given}must be one of ${values.join(", ")}`]];
};
