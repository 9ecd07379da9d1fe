/** Holds what `--json` printed against the schemas that `sluice schema` publishes: events, then exactly one result. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as z from "zod";
import { Failure } from "../src/results/Result.ts";
import { results } from "../src/results/results.ts";

const ajv = new Ajv2020({ strict: false, formats: { uri: true, date: true, "date-time": true } });
const compiled = new Map<z.ZodType, ValidateFunction>();

const check = (schema: z.ZodType, value: unknown): void => {
  const validate = compiled.get(schema) ?? ajv.compile(z.toJSONSchema(schema, { io: "output" }));
  compiled.set(schema, validate);
  if (!validate(value)) {
    throw new Error(`${JSON.stringify(value)} breaks its schema: ${ajv.errorsText(validate.errors)}`);
  }
};

/** Throws when a line is no JSON, or is not what the command's schema says. */
export const checkPrinted = (stdout: string): void => {
  const lines = stdout.split("\n");
  if (lines.pop() !== "") throw new Error(`the last line is not ended: ${stdout}`);
  const values = lines.map((line) => JSON.parse(line) as { readonly type: string; readonly ok?: boolean });
  const last = values.pop() as { readonly type: string; readonly ok: boolean; readonly command: string } | undefined;
  if (last?.type !== "result") throw new Error(`the last line is no result: ${stdout}`);
  const printed = results[last.command];
  if (printed === undefined && last.ok) throw new Error(`the result of "${last.command}" has no schema in results.ts`);
  check(last.ok && printed !== undefined ? printed.result : Failure, last);
  for (const value of values) {
    if (printed?.event === undefined) throw new Error(`${last.command} has no events: ${JSON.stringify(value)}`);
    check(printed.event, value);
  }
};
