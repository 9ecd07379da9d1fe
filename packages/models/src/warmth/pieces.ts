/** Parses what others wrote piece by piece: one of another shape is a problem at its path, and costs none beside it. */
import type { FieldError } from "@sluice/errors";
import type * as z from "zod";
import { fieldErrors } from "../fieldErrors.ts";

/** The piece at a path, or `undefined` when it has another shape. */
export type ParsePiece = <Shape extends z.ZodType>(
  shape: Shape,
  piece: unknown,
  path: string,
) => z.output<Shape> | undefined;

/** Adds what is wrong to `problems`: no fix, because whoever reads an answer did not write it. */
export const parserInto =
  (problems: Array<FieldError>): ParsePiece =>
  (shape, piece, path) => {
    const result = shape.safeParse(piece);
    if (result.success) return result.data;
    for (const { path: inner, message } of fieldErrors(result.error)) {
      problems.push({ path: [path, inner].filter((part) => part !== "").join("."), message });
    }
    return undefined;
  };
