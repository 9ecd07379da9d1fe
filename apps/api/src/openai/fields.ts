/** Kinds of fields that OpenAI's requests have and a Livepeer gateway has not, and the few that all routes share. */
import * as z from "zod";

/** It changes nothing here, whatever is asked for. */
export const hint = <Schema extends z.ZodType>(schema: Schema, why = "the gateways have no field for it") =>
  schema.nullish().describe(`A hint that is accepted and not passed on: ${why}.`);

/** It may only ask for what happens anyway. */
export const only = <const Value extends string | number | boolean>(value: Value, why: string) =>
  z
    .literal(value, { error: `must be ${JSON.stringify(value)} or absent: ${why}` })
    .nullish()
    .describe(`Only ${JSON.stringify(value)}, or absent: ${why}.`);

/** It asks for what no gateway does. An empty list asks for nothing. */
export const onlyEmpty = (why: string) =>
  z
    .array(z.unknown(), { error: `must be empty or absent: ${why}` })
    .refine(({ length }) => length === 0, {
      error: `must be empty or absent: ${why}`,
      params: { fix: "Leave it out." },
    })
    .meta({ maxItems: 0 })
    .nullish()
    .describe(`Only an empty list, or absent: ${why}.`);

export const onlyAbsent = (why: string) =>
  z
    .null({ error: `must be absent: ${why}` })
    .optional()
    .describe(`Only null, or absent: ${why}.`);

export const model = z
  .string()
  .regex(/^\S*$/, "must not hold spaces")
  .nullish()
  .describe("A model or an alias of /v1/models; absent: the gateway's usual one for this.");

export const user = hint(z.string(), "it is the key that tells who calls");
