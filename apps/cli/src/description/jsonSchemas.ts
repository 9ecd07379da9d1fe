/** The JSON Schemas of what `--json` prints. */
import * as z from "zod";
import { Failure } from "../results/Result.ts";
import { results } from "../results/results.ts";

export interface OutputSchemas {
  readonly result: object;
  readonly failure: object;
  readonly event?: object;
}

const toJson = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: "output" });

/** `undefined`: the command only holds others. */
export const schemasOf = (path: string): OutputSchemas | undefined => {
  const printed = Object.hasOwn(results, path) ? results[path] : undefined;
  if (printed === undefined) return undefined;
  const { result, event } = printed;
  return {
    ...{ result: toJson(result), failure: toJson(Failure) },
    ...(event === undefined ? {} : { event: toJson(event) }),
  };
};
