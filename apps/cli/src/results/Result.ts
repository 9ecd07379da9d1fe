/**
 * What `--json` prints at last, in every command: one object on one line. `sluice schema <command>` publishes it as JSON
 * Schema, and the tests hold every printed result against it. The command line itself imports these as types alone.
 */
import * as z from "zod";

export const Failure = z.looseObject({
  type: z.literal("result"),
  command: z.string().describe("Its path, such as `models list`; empty when none was named."),
  ok: z.literal(false),
  code: z.string().describe("Stable; `sluice errors <code>` explains it."),
  message: z.string().describe("The cause, for a person."),
  fix: z.string().describe("What to do about it."),
  docsUrl: z.url(),
});

/** The result of a command that worked, from what it says besides. */
export const success = <Shape extends z.ZodRawShape>(command: string, shape: Shape) =>
  z.strictObject({
    type: z.literal("result"),
    command: z.literal(command),
    ok: z.literal(true),
    code: z.literal("OK"),
    message: z.string().describe("A sentence, for a person; it may change."),
    fix: z.null(),
    ...shape,
  });

/** What a command hands to `Output.done`. */
export type DoneOf<Schema extends z.ZodType> = Omit<z.input<Schema>, "type" | "command" | "ok" | "code" | "fix"> & {
  readonly message: string;
};
