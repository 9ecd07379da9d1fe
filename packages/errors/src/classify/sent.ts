/** What was sent in a field that was refused: short, and without any text that was written for a model. */
import type { FieldError } from "../failures/InvalidRequest.ts";
import { redact } from "./redact.ts";

/** Fields that hold people's words, however few: an error tells their length alone. */
const texts: ReadonlySet<string> = new Set([
  ...["prompt", "negative_prompt", "text", "description"],
  ...["content", "messages", "system_msg", "history", "metadata"],
]);

const longest = 60;

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
    return { ...field, sent: redact(describe(valueAt(input, keys), keys), secrets) };
  });

const valueAt = (input: unknown, keys: ReadonlyArray<string>): unknown =>
  keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? value[key as never] : undefined,
    input,
  );

/** A value in a few words; within a request, whose `keys` are given, without texts. */
export const describe = (value: unknown, keys?: ReadonlyArray<string>): string => {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return value.length > longest || (keys !== undefined && mayBeText(value, keys))
        ? `a text of ${value.length} ${value.length === 1 ? "character" : "characters"}`
        : JSON.stringify(value);
    case "object":
      if (Array.isArray(value)) return `a list of ${value.length}`;
      if (value instanceof Uint8Array) return `${value.length} bytes`;
      return value === null ? "null" : "an object";
    default:
      return String(value);
  }
};

/** A single word is a name or a number; more of them may be a prompt in the wrong field. */
const mayBeText = (value: string, keys: ReadonlyArray<string>): boolean =>
  /\s/.test(value) || keys.some((key) => texts.has(key));
