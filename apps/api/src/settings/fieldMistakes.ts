/** What zod found wrong in a configuration, each with its path. A field that is none is told with the one that was meant. */
import type { FieldError } from "@sluice/errors";
import { fieldErrors, nearest } from "@sluice/models";
import * as z from "zod";
import { holdsKey } from "../keys/KeyText.ts";
import { Configuration } from "./Configuration.ts";

export interface FieldMistake {
  /** Such as `keys.0.name`. */
  readonly path: string;
  /** What goes on behind the path. */
  readonly message: string;
}

/** No message repeats a key, not even one that stands where the name of a field belongs. */
export const fieldMistakes = ({ issues }: z.ZodError): ReadonlyArray<FieldMistake> => {
  const others = issues.filter(({ code }) => code !== "unrecognized_keys");
  const whole = z.toJSONSchema(Configuration, { io: "input", unrepresentable: "any" });
  return [
    ...fieldErrors(new z.ZodError(others)).map((error) => ({ path: withoutKeys(error.path), message: withFix(error) })),
    ...issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((field) => unknownField(whole, issue.path.map(String), field))
        : [],
    ),
  ];
};

/** A mistake with its fix, in one line. */
export const withFix = ({ message, fix }: FieldError): string =>
  fix === undefined || fix.includes(message) ? message : `${message}. ${fix}`;

/** Names of fields are the file's own, and may be anything. */
const withoutKeys = (path: string): string =>
  path
    .split(".")
    .map((step) => (holdsKey(step) ? "…" : step))
    .join(".");

type Schema = z.core.JSONSchema.JSONSchema;

const unknownField = (whole: Schema, table: ReadonlyArray<string>, field: string): FieldMistake => {
  const path = withoutKeys([...table, field].join("."));
  if (holdsKey(field)) {
    return { path, message: "is a key as the name of a field: put its hash under `hash`, from `sluice-api key new`" };
  }
  return { path, message: `is not a known field. ${fixOf(whole, table, field.slice(0, 80))}` };
};

const fixOf = (whole: Schema, table: ReadonlyArray<string>, field: string): string => {
  const fields = fieldsOf(table.reduce(inside, whole));
  const sibling = nearest(field, fields);
  if (sibling !== undefined) return `Did you mean ${[...table, sibling].join(".")}?`;
  const places = placesIn(whole);
  // Of a short name, some other that is as short is always near.
  const meant = field.length < longName ? field : nearest(field, places.keys());
  const place = meant === undefined ? undefined : places.get(meant);
  if (place !== undefined) return `Did you mean ${place}?`;
  return `Leave it out; the fields are ${fields.join(", ")}.`;
};

const longName = 8;

const asSchema = (found: Schema | boolean | undefined): Schema => (typeof found === "object" ? found : {});

const inside = ({ properties, items }: Schema, step: string): Schema =>
  asSchema(properties?.[step] ?? (Array.isArray(items) ? undefined : items));

/** Of a table by pipeline, these. */
const fieldsOf = ({ properties = {}, propertyNames }: Schema): ReadonlyArray<string> =>
  [...Object.keys(properties), ...(asSchema(propertyNames).enum ?? [])].map(String);

/** Where else there are fields, by their names: such as `keys[].limits.concurrency`. */
const placesIn = (schema: Schema, above = ""): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(schema.properties ?? {})
      .toReversed()
      .flatMap(([name, found]) => {
        const one = asSchema(found);
        const below = one.type === "array" ? inside(one, "") : one;
        const path = `${above}${name}`;
        return [...placesIn(below, `${path}${one === below ? "" : "[]"}.`), [name, path] as const];
      }),
  );
