/** The result of `sluice schema`: commands, described. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const flag = z.strictObject({
  name: z.string().describe("With its dashes, such as `--gateway`."),
  aliases: z.array(z.string()).readonly(),
  type: z.string().describe("`boolean` takes no value; else what to write, such as `duration`."),
  choices: z.array(z.string()).readonly().optional().describe("The only values that it takes."),
  description: z.string(),
  required: z.boolean(),
});
export type FlagDescription = z.input<typeof flag>;

const argument = z.strictObject({
  name: z.string(),
  description: z.string(),
  required: z.boolean(),
  variadic: z.boolean().describe("Whether it may be given several times."),
  choices: z.array(z.string()).readonly().optional(),
});

const command = z.strictObject({
  path: z.string().describe("Such as `config list`; empty for `sluice` itself."),
  aliases: z.array(z.string()).readonly().describe("Of its last word."),
  group: z.string().nullable().describe("What it is for; null for a command within another."),
  description: z.string(),
  usage: z.string(),
  arguments: z.array(argument).readonly(),
  flags: z.array(flag).readonly().describe("Its own; `globalFlags` hold for all."),
  examples: z.array(z.strictObject({ command: z.string(), description: z.string().optional() })).readonly(),
  subcommands: z.array(z.string()).readonly().describe("Their paths."),
  output: z
    .strictObject({
      result: z.unknown().describe("JSON Schema of the last line when it worked."),
      failure: z.unknown().describe("JSON Schema of the last line when it did not."),
      event: z.unknown().optional().describe("JSON Schema of each line before; absent: there is none."),
    })
    .optional()
    .describe("What --json prints. There when one command was asked for."),
});
export type CommandDescription = z.input<typeof command>;

export const schema = success("schema", {
  version: z.string(),
  exitCodes: z.array(z.strictObject({ code: z.int(), meaning: z.string() })).readonly(),
  globalFlags: z.array(flag).readonly(),
  commands: z.array(command).readonly(),
});
export type Schema = DoneOf<typeof schema>;
