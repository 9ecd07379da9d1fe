/** Everything that is made of the command line's code. */
import * as Effect from "effect/Effect";
import { format } from "prettier";
import { everyHelp } from "../src/description/describe.ts";
import { makeOutput, Output } from "../src/output/Output.ts";
import { errorsPage } from "./errorsPage.ts";
import { helpPage } from "./helpPage.ts";
import { manPage } from "./manPage.ts";
import { schemaFiles } from "./schemaFiles.ts";

const plain = makeOutput({ json: false, quiet: true, mayColor: false, mayAsk: false }, () => "");

/** Texts by their path in the repository. */
export const pages = async (): Promise<ReadonlyMap<string, string>> => {
  const helps = await Effect.runPromise(Effect.provideService(everyHelp(), Output, plain));
  const texts = [
    ["docs/cli.md", helpPage(helps)] as const,
    ["docs/cli-errors.md", errorsPage()] as const,
    ["apps/cli/man/sluice.1", manPage(helps)] as const,
    ...schemaFiles(),
  ];
  return new Map(await Promise.all(texts.map(async ([path, text]) => [path, await formatted(path, text)] as const)));
};

/** As this repository formats such files; what it has no format for stays as it is. */
const formatted = async (path: string, text: string): Promise<string> =>
  /\.(json|md)$/.test(path) ? format(text, { filepath: path, printWidth: 120 }) : text;
