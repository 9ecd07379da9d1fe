/** `sluice schema`. */
import { nearest } from "@sluice/models/facts";
import * as Effect from "effect/Effect";
import type { SchemaInput } from "../commands/schema.ts";
import { describeCommands, describeFlag } from "../description/describe.ts";
import { exitCodeMeanings } from "../description/exitCodeMeanings.ts";
import { helpOf } from "../description/helpOf.ts";
import { schemasOf } from "../description/jsonSchemas.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { CommandDescription, Schema } from "../results/schema.ts";
import { commandPath, type Root, wholeRoot } from "../root.ts";
import version from "../version.ts";

export const run = ({ path: words }: SchemaInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const all = yield* describeCommands;
    const { globalFlags = [] } = yield* helpOf([]);
    const commands = words.length === 0 ? all : [yield* find(words, all, yield* Effect.promise(wholeRoot))];
    const described = {
      version,
      exitCodes: exitCodeMeanings,
      globalFlags: globalFlags.map(describeFlag),
      commands,
    };
    output.product(`${JSON.stringify(described, null, 2)}\n`);
    const message = commands.length === 1 ? `sluice ${words.join(" ")}` : `${commands.length} commands`;
    output.done({ message, ...described } satisfies Schema);
  });

const find = (words: ReadonlyArray<string>, all: ReadonlyArray<CommandDescription>, root: Root) => {
  const path = commandPath(root, words);
  const found = all.find((one) => one.path === path.join(" "));
  if (path.length < words.length || found === undefined) {
    const paths = all.map((one) => one.path).filter((one) => one !== "");
    const meant = nearest(words.join(" "), paths);
    return failed("SLUICE-USAGE", {
      message: `"${words.join(" ")}" is no command`,
      fix: meant === undefined ? "`sluice --help` names them all." : `Did you mean \`sluice schema ${meant}\`?`,
    });
  }
  const output = schemasOf(found.path);
  return Effect.succeed({ ...found, ...(output === undefined ? {} : { output }) });
};
