/**
 * The first thing that ajv 8 finds wrong with a request: that is all Studio tells.
 *
 * Its order, whatever the order of the schema: is it an object, is all there that is required, is anything else there,
 * and then one property after the other.
 */
import type { FieldType, StudioSchema } from "./schemas.ts";

/** The keys in ajv's order: Studio sends the object as a string. */
export interface AjvError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, string>>;
  readonly message: string;
}

/** `undefined` when the value is as the schema asks. */
export const firstError = ({ required, properties }: StudioSchema, value: unknown): AjvError | undefined => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrongType("", "#/type", "object");
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const missing = required.find((name) => fields[name] === undefined);
  if (missing !== undefined)
    return {
      instancePath: "",
      schemaPath: "#/required",
      keyword: "required",
      params: { missingProperty: missing },
      message: `must have required property '${missing}'`,
    };
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined)
    return {
      instancePath: "",
      schemaPath: "#/additionalProperties",
      keyword: "additionalProperties",
      params: { additionalProperty: unknown },
      message: "must NOT have additional properties",
    };
  for (const [name, type] of Object.entries(properties)) {
    if (fields[name] === undefined || isOf[type](fields[name])) continue;
    return wrongType(`/${name}`, `#/properties/${name}/type`, type);
  }
  return undefined;
};

const isOf: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: Number.isFinite,
  integer: Number.isInteger,
};

const wrongType = (instancePath: string, schemaPath: string, type: string): AjvError => ({
  instancePath,
  schemaPath,
  keyword: "type",
  params: { type },
  message: `must be ${type}`,
});
