/** A multipart form as the object that it stands for: OpenAI's clients send lists as `name[]`, and all values as texts. */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import type { Form } from "../http/Form.ts";
import { mistaken } from "./mistaken.ts";

export interface FormShape {
  /** The only fields that may come several times. */
  readonly lists?: ReadonlyArray<string>;
  /** Numbers and booleans. */
  readonly literals?: ReadonlyArray<string>;
}

export const fileField = (description: string) =>
  z
    .instanceof(File, { error: ({ input }) => (input === undefined ? "is required" : "must be a file") })
    .meta({ description, type: "string", format: "binary" });

/** A decimal as JSON writes it. */
const decimal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** What is none stays a text, which the schema refuses. */
const literalOf = (text: string): unknown => {
  if (text === "true" || text === "false") return text === "true";
  return decimal.test(text) ? Number(text) : text;
};

/** Throws an `InvalidRequest` for a field that comes twice; `operation` is what the request was for. */
export const formFields = (
  { texts, files }: Form,
  operation: string,
  { lists = [], literals = [] }: FormShape,
): Readonly<Record<string, unknown>> => {
  const values = new Map<string, ReadonlyArray<unknown>>();
  const add = (name: string, more: ReadonlyArray<unknown>) => values.set(name, [...(values.get(name) ?? []), ...more]);
  for (const [sent, own] of texts) {
    const name = plain(sent);
    add(name, literals.includes(name) ? own.map(literalOf) : own);
  }
  for (const { field, source } of files) add(plain(field), [source]);

  const twice = [...values].filter(([name, own]) => own.length > 1 && !lists.includes(name));
  if (twice.length > 0) {
    const once = ([path, { length }]: (typeof twice)[number]): FieldError => ({
      path,
      message: `is given ${length} times`,
      fix: "Give one.",
    });
    throw mistaken(operation, twice.map(once));
  }
  return Object.fromEntries([...values].map(([name, own]) => [name, lists.includes(name) ? own : own[0]]));
};

const plain = (name: string): string => name.replace(/\[\]$/, "");
