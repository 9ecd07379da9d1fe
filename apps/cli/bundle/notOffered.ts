/**
 * What effect/cli would offer and `sluice` does not (src/conventions.ts names the flags that it takes from there): a wizard,
 * the scripts of `--completions`, and flags that ask for their value or look for it in effect's Config. Their code, a fifth
 * of what a start would read, stays out. Files of `sluice` that import these modules themselves get them as they are.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "./Plugin.ts";

/** By what is left out: the files of effect/cli that would bring it along. */
const importers: Readonly<Record<string, RegExp>> = {
  "./internal/wizard.js": /[\\/]effect[\\/]dist[\\/]cli[\\/]Command\.js$/,
  "./Prompt.js": /[\\/]effect[\\/]dist[\\/]cli[\\/](Command|Param)\.js$/,
  "./Completions.js": /[\\/]effect[\\/]dist[\\/]cli[\\/]GlobalFlag\.js$/,
  "../Config.js": /[\\/]effect[\\/]dist[\\/]cli[\\/](Param|TerminalCapabilities)\.js$/,
};

export const notOffered: Plugin = {
  name: "not-offered",
  setup: (build) => {
    build.onResolve({ filter: /^\.\.?\/(internal\/wizard|Prompt|Completions|Config)\.js$/ }, async (asked) => {
      const { path, importer, kind, resolveDir } = asked;
      if (asked.pluginData === "asked" || importers[path]?.test(importer) !== true) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: "asked" });
      return { path: found.path, namespace: "not-offered" };
    });
    // Whoever uses one of them after all is told so.
    build.onLoad({ filter: /./, namespace: "not-offered" }, ({ path }) => ({
      contents: [
        `const missing = () => { throw new Error(${JSON.stringify("not in the bundle: see notOffered.ts")}); };`,
        ...exportsOf(path).map((name) => `export { missing as ${name} };`),
      ].join("\n"),
    }));
  },
};

const exportsOf = (path: string): ReadonlyArray<string> =>
  Array.from(readFileSync(path, "utf8").matchAll(/^export (?:const|function|class) (\w+)/gm), ([, name = ""]) => name);
