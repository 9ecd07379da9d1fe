/**
 * effect/cli reads flags, and makes its errors, with effect/Schema, which takes longer to load than most commands take. Here
 * it gets the stand-in beside this file, and Schema itself is loaded for a value that is not plainly right.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "./Plugin.ts";

/** `standIn`: the path of `Schema.ts`. */
export const schemaWhenNeeded = (standIn: string): Plugin => ({
  name: "schema-when-needed",
  setup: (build) => {
    const offered = new Set(namesIn(standIn, /(?:^export const|\bas) (\w+)/gm));
    build.onResolve({ filter: /^\.\.?\/Schema\.js$/ }, ({ importer }) => {
      if (!/[\\/]effect[\\/]dist[\\/](Terminal|cli[\\/](CliError|Param|Primitive))\.js$/.test(importer))
        return undefined;
      const missing = namesIn(importer, /\bSchema\.(\w+)/g).filter((name) => !offered.has(name) && name !== "js");
      if (missing.length > 0)
        throw new Error(`${importer} uses Schema.${missing.join(", Schema.")}: extend ${standIn}`);
      return { path: standIn };
    });
  },
});

/** What a pattern finds in a file, but for the examples in its comments. */
const namesIn = (path: string, pattern: RegExp): ReadonlyArray<string> =>
  Array.from(
    readFileSync(path, "utf8")
      .replaceAll(/^\s*\*.*$/gm, "")
      .matchAll(pattern),
    ([, name = ""]) => name,
  );
