/**
 * A validator of JSON Schema as far as our published schemas go, written from the specification and not from zod, so that
 * the two can disagree. It refuses to guess: a keyword that it does not know is an error.
 */
import type { Schema } from "../openapi/document.ts";

type Check = (value: unknown, argument: never, schema: Schema, root: Schema) => boolean;

/** Bytes travel as a binary string. */
const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (value instanceof Uint8Array) return "string";
  return Array.isArray(value) ? "array" : typeof value;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === "object";

const isType = (value: unknown, type: string): boolean =>
  type === "integer" ? Number.isInteger(value) : typeOf(value) === type;

const onNumber = (holds: (value: number, limit: number) => boolean) => (value: unknown, limit: number) =>
  typeof value !== "number" || holds(value, limit);

const text = (value: unknown): string => JSON.stringify(value);
const nothing = () => true;

const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(
    ["$schema", "$id", "$defs", "title", "description", "default", "format"].map((key) => [key, nothing]),
  ),
  type: (value, types: string | ReadonlyArray<string>) => [types].flat().some((type) => isType(value, type)),
  const: (value, only: unknown) => text(value) === text(only),
  enum: (value, values: ReadonlyArray<unknown>) => values.some((each) => text(each) === text(value)),
  minimum: onNumber((value, least) => value >= least),
  maximum: onNumber((value, most) => value <= most),
  multipleOf: onNumber((value, step) => Number.isInteger(value / step)),
  minLength: (value, least: number) => typeof value !== "string" || [...value].length >= least,
  minItems: (value, least: number) => !Array.isArray(value) || value.length >= least,
  pattern: (value, source: string) => typeof value !== "string" || new RegExp(source, "u").test(value),
  required: (value, names: ReadonlyArray<string>) =>
    !isObject(value) || names.every((name) => Object.hasOwn(value, name)),
  properties: (value, fields: Readonly<Record<string, Schema>>, _, root) =>
    !isObject(value) ||
    Object.entries(fields).every(([name, field]) => !Object.hasOwn(value, name) || accepts(field, value[name], root)),
  additionalProperties: (value, rest: Schema | false, { properties = {} }, root) =>
    !isObject(value) ||
    Object.keys(value)
      .filter((name) => !Object.hasOwn(properties, name))
      .every((name) => rest !== false && accepts(rest, value[name], root)),
  propertyNames: (value, names: Schema, _, root) =>
    !isObject(value) || Object.keys(value).every((name) => accepts(names, name, root)),
  items: (value, item: Schema, _, root) => !Array.isArray(value) || value.every((each) => accepts(item, each, root)),
  anyOf: (value, options: ReadonlyArray<Schema>, _, root) => options.some((option) => accepts(option, value, root)),
  $ref: (value, path: string, _, { $defs = {} }) =>
    accepts(($defs as Readonly<Record<string, Schema>>)[path.replace("#/$defs/", "")]!, value, { $defs }),
};

export const accepts = (schema: Schema, value: unknown, root: Schema = schema): boolean =>
  Object.entries(schema).every(([keyword, argument]) => {
    const check = checks[keyword];
    if (check === undefined) throw new Error(`The keyword ${keyword} is new to this validator.`);
    return check(value, argument as never, schema, root);
  });
