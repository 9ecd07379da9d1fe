/** Mistakes in a request of an OpenAI client: the body is checked with its schema here, and told of in OpenAI's names. */
import { type FieldError, InvalidRequest, isGatewayError } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import type * as z from "zod";

/** `operation` is what the request was for, such as `images/generations`. */
export const mistaken = (operation: string, fields: ReadonlyArray<FieldError>): InvalidRequest =>
  new InvalidRequest({ gateway: "This service", pipeline: operation, status: null, fields });

/** What the schema makes of a body. Throws an `InvalidRequest` with every mistake. */
export const readFields = <Schema extends z.ZodObject>(
  schema: Schema,
  body: unknown,
  operation: string,
): z.output<Schema> => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const fix = "Send the request's fields as one JSON object.";
    throw mistaken(operation, [{ path: "", message: "the body must be a JSON object", fix }]);
  }
  const { data, error } = schema.safeParse(body, { reportInput: true });
  if (error === undefined) return data;
  throw mistaken(operation, fieldErrors(error, Object.keys(schema.shape)));
};

/** Names of a pipeline's fields, and what OpenAI calls each. */
export type Renaming = Readonly<Record<string, string>>;

/** What a call rejects with, its fields under the names that the caller knows. */
export const inCallersNames = async <A>(call: Promise<A>, names: Renaming): Promise<A> => {
  try {
    return await call;
  } catch (error) {
    throw isGatewayError(error, "InvalidRequest") ? renamed(error, names) : error;
  }
};

const renamed = (error: InvalidRequest, names: Renaming): InvalidRequest => {
  const { gateway, pipeline, status, attempts, model, requestId } = error;
  const fields = error.fields.map((field) => ({ ...field, path: names[field.path] ?? field.path }));
  return new InvalidRequest({ gateway, pipeline, status, attempts, fields, ...given({ model, requestId }) });
};

/** What was given of some fields: OpenAI's clients send null for what was not. */
export const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    readonly [Field in keyof Fields]?: NonNullable<Fields[Field]>;
  };
