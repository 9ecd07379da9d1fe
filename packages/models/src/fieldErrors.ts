/**
 * zod's issues as mistakes that a person can act on, each with its field and a fix: the first of each field, because the
 * others often follow from it.
 */
import type { FieldError } from "@sluice/errors";
import type * as z from "zod";
import { nearest } from "./nearest.ts";

/** Nobody mends more at a time. */
const most = 100;

/** A mistake with zod's code for its kind. */
export interface FieldMistake extends Required<Omit<FieldError, "sent">> {
  readonly code: Issue["code"];
  readonly missing: boolean;
}

/** `known` are the names of the fields that there are; an unknown one is told which of them it resembles. */
export const fieldErrors = (error: z.ZodError, known: ReadonlyArray<string> = []): ReadonlyArray<FieldError> =>
  mistakesIn(error, known).map(({ path, message, fix }) => ({ path, message, fix }));

export const mistakesIn = (error: z.ZodError, known: ReadonlyArray<string>): ReadonlyArray<FieldMistake> => {
  const seen = new Set<string>();
  return withoutLooserBounds(error.issues.slice(0, most))
    .flatMap((issue) => mistakesOf(issue, known))
    .filter(({ path }) => !seen.has(path) && seen.add(path))
    .slice(0, most);
};

type Issue = z.core.$ZodIssue;

/** An integer too large to be exact breaks zod's own bound before the field's, which is the one to tell. */
const withoutLooserBounds = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  issues.filter(
    (issue) =>
      !("origin" in issue && issue.origin === "int") ||
      !issues.some((other) => other !== issue && other.code === issue.code && samePath(other, issue)),
  );

const samePath = (one: Issue, other: Issue): boolean => one.path.join(".") === other.path.join(".");

const mistakesOf = (issue: Issue, known: ReadonlyArray<string>): ReadonlyArray<FieldMistake> => {
  const path = issue.path.map(String);
  const { code } = issue;
  if (code === "unrecognized_keys") {
    const names = path.length === 0 ? known : [];
    return issue.keys.map((key) => ({
      code,
      missing: false,
      path: [...path, key].join("."),
      message: "is not a known field",
      fix: unknownFix(key, names),
    }));
  }
  return [{ code, missing: isMissing(issue), path: path.join("."), message: messageOf(issue), fix: fixOf(issue) }];
};

const unknownFix = (key: string, known: ReadonlyArray<string>): string => {
  const meant = nearest(key, known);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return known.length === 0 ? "Leave it out." : `Leave it out; the fields are ${known.join(", ")}.`;
};

const isMissing = ({ code, message }: Issue): boolean =>
  code === "invalid_type" ? message.endsWith("received undefined") : message === "is required";

const messageOf = (issue: Issue): string => {
  if (isMissing(issue)) return "is required";
  if (issue.code === "invalid_value" && issue.values.length > 1) return "is none of the values that there are";
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
};

const valueFix = (given: unknown, values: ReadonlyArray<unknown>): string => {
  const meant = typeof given === "string" ? nearest(given, values.map(String)) : undefined;
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return `Give ${values.map((value) => JSON.stringify(value)).join(", ")}.`.replace(/, (?=[^,]*$)/, " or ");
};

const fixOf = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.message.startsWith("must ")) return sentence(issue);
      return isMissing(issue) ? `Add it: ${kindOf(issue.expected)}.` : `Give ${kindOf(issue.expected)}.`;
    case "too_small":
      return `Give ${boundOf("at least", issue.minimum, issue)}.`;
    case "too_big":
      return `Give ${boundOf("at most", issue.maximum, issue)}.`;
    case "not_multiple_of":
      return `Give a multiple of ${issue.divisor}${neighbours(issue.input, issue.divisor)}.`;
    case "invalid_value":
      return valueFix(issue.input, issue.values);
    case "custom": {
      const fix: unknown = issue.params?.["fix"];
      return typeof fix === "string" ? fix : sentence(issue);
    }
    default:
      return sentence(issue);
  }
};

/** The two next to what was given, where the parser tells what that was (zod's `reportInput`). */
const neighbours = (given: unknown, divisor: number): string => {
  if (typeof given !== "number" || given <= divisor) return "";
  const below = Math.floor(given / divisor) * divisor;
  return `, such as ${below} or ${below + divisor}`;
};

/** Most messages say themselves what must be. */
const sentence = (issue: Issue): string => {
  const message = messageOf(issue);
  return message.startsWith("must ") ? `It ${message}.` : "Correct it.";
};

const kinds: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text, in quotes",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const kindOf = (expected: string): string => kinds[expected] ?? "a value";

const counted: Readonly<Record<string, string>> = { string: " characters", array: " in the list", file: " bytes" };

const boundOf = (
  how: "at least" | "at most",
  bound: number | bigint,
  { origin, inclusive = true }: { readonly origin: string; readonly inclusive?: boolean | undefined },
): string => `${inclusive ? how : how === "at least" ? "more than" : "less than"} ${bound}${counted[origin] ?? ""}`;
