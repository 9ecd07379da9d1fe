/** What was sent in a field that was refused: short, and without any text that was written for a model. */
import type { FieldError } from "../failures/InvalidRequest.ts";
import { describe, ofLength } from "../describe.ts";
import { redact } from "./redact.ts";

/** Fields that hold people's words, however few: an error tells their length alone. */
const texts: ReadonlySet<string> = new Set([
  ...["prompt", "negative_prompt", "text", "description"],
  ...["content", "messages", "system_msg", "history", "metadata"],
]);

/**
 * The same mistakes, each with what `input` holds at its path. One that says so already, or has no path, stays. A key
 * may have been sent in a field by mistake: `secrets` are taken out.
 */
export const withSent = (
  fields: ReadonlyArray<FieldError>,
  input: unknown,
  secrets: ReadonlyArray<string> = [],
): ReadonlyArray<FieldError> =>
  fields.map((field) => {
    if (field.path === "" || field.sent !== undefined) return field;
    const keys = field.path.split(".");
    return { ...field, sent: redact(tell(valueAt(input, keys), keys), secrets) };
  });

const valueAt = (input: unknown, keys: ReadonlyArray<string>): unknown =>
  keys.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    // Data alone: a getter may do anything.
    return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  }, input);

const tell = (value: unknown, keys: ReadonlyArray<string>): string =>
  typeof value === "string" && mayBeText(value, keys) ? ofLength(value) : describe(value);

/** A single word is a name or a number; more of them may be a prompt in the wrong field. */
const mayBeText = (value: string, keys: ReadonlyArray<string>): boolean =>
  /\s/.test(value) || keys.some((key) => texts.has(key));

/** So short a text may be a word of any sentence. */
const shortestText = 8;

/** The texts of a request that were written for a model, the longest first. */
export const textsIn = (input: unknown): ReadonlyArray<string> => {
  if (typeof input !== "object" || input === null) return [];
  return [...texts]
    .map((key) => valueAt(input, [key]))
    .filter((value) => typeof value === "string" && value.length >= shortestText)
    .map(String)
    .sort((one, other) => other.length - one.length);
};
