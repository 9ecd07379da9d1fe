/** Which values a JSON Schema takes, by its type or by its choices. */
import type { Schema } from "./openapiSchemas.ts";

const everyType = ["null", "boolean", "object", "array", "number", "string"];

export const typesOf = (schema: Schema): ReadonlyArray<string> => {
  const { type } = schema;
  if (type !== undefined) return typeof type === "string" ? [type] : type;
  const choices = choicesOf(schema);
  return choices === undefined ? everyType : [...new Set(choices.map(typeOf))];
};

const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
};

export const choicesOf = (schema: Schema): ReadonlyArray<unknown> | undefined =>
  "const" in schema ? [schema.const] : schema.enum;

/** What of one list is not in another; an integer is a number. */
export const lost = (some: ReadonlyArray<string>, others: ReadonlyArray<string>): ReadonlyArray<string> =>
  some.filter((one) => !others.includes(one) && !(one === "integer" && others.includes("number")));

export const list = (values: ReadonlyArray<unknown>): string => values.map((value) => JSON.stringify(value)).join(", ");

export const told = (schema: Schema): string => {
  const choices = choicesOf(schema);
  return choices === undefined ? typesOf(schema).join(" or ") : list(choices);
};
