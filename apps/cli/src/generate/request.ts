/** What is sent: the fields that were said, with their file opened, wherever it comes from. */
import { type CallInput, toFile } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { buffer } from "node:stream/consumers";
import { type Failed, failed } from "../failures/Failed.ts";
import { type BatchPipeline, fieldsOf, fileFieldOf, type Generation } from "./Generation.ts";

const standardInput = "-";

/** Read to its end, so that every attempt can send it. */
const piped: Effect.Effect<Buffer, Failed> = Effect.suspend(() => {
  if (!process.stdin.isTTY) return Effect.promise(() => buffer(process.stdin));
  return Effect.fail(
    failed("SLUICE-USAGE", {
      message: "`-` reads standard input, which is a terminal here",
      fix: "Pipe a file into the command, or give the file's path.",
    }),
  );
});

export interface Request<Name extends BatchPipeline> {
  readonly input: CallInput<Name>;
  /** What was piped in; absent when there is no file, or it has a path. */
  readonly piped?: Uint8Array;
}

export const requestOf = <Name extends BatchPipeline>({
  input,
}: Generation<Name>): Effect.Effect<Request<Name>, Failed> =>
  Effect.gen(function* () {
    const fields = fieldsOf(input);
    const field = fileFieldOf(fields);
    const [from, another] = ([field, "prompt", "text"] as const).filter(
      (name) => name !== undefined && fields[name] === standardInput,
    );
    if (another !== undefined) {
      return yield* failed("SLUICE-USAGE", {
        message: `both ${from} and ${another} are \`-\`, and there is one standard input`,
        fix: "Give one of them another way.",
      });
    }
    const bytes = from === undefined ? undefined : yield* piped;
    const text = bytes !== undefined && from !== field ? { [from ?? ""]: bytes.toString().trim() } : {};
    if (field === undefined) return { input: { ...fields, ...text } as unknown as CallInput<Name> };
    const isPiped = bytes !== undefined && from === field;
    const file = toFile(isPiped ? bytes : String(fields[field]));
    const sent = { ...fields, ...text, [field]: file } as unknown as CallInput<Name>;
    return isPiped ? { input: sent, piped: bytes } : { input: sent };
  });
