/** zod's issues with a file, each by its path; an unknown name at any depth is told which one it resembles. */
import type { FieldError } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import * as z from "zod";

export const mistakesIn = (schema: z.ZodType, error: z.ZodError): ReadonlyArray<FieldError> => {
  const isUnknown = ({ code }: z.core.$ZodIssue): boolean => code === "unrecognized_keys";
  const unknown = error.issues.filter(isUnknown).flatMap((issue) =>
    fieldErrors(new z.ZodError([{ ...issue, path: [] }]), namesAt(schema, issue.path)).map((mistake) => ({
      ...mistake,
      path: [...issue.path, mistake.path].join("."),
    })),
  );
  return [...unknown, ...fieldErrors(new z.ZodError(error.issues.filter((issue) => !isUnknown(issue))))];
};

const namesAt = (schema: z.core.$ZodType, path: ReadonlyArray<PropertyKey>): ReadonlyArray<string> => {
  const [first, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return namesAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return namesAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return Object.keys(schema.shape);
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const inner = shape[String(first)];
  return inner === undefined ? [] : namesAt(inner, rest);
};
