/**
 * The command line as files that run wherever Node does, with no package beside them. `main.js` is what every command needs;
 * what one command does stands in a chunk of its own, which is loaded when it is asked to do it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Options } from "tsup";
import { builtinsRequired } from "./bundle/builtinsRequired.ts";
import { notOffered } from "./bundle/notOffered.ts";
import type { Plugin } from "./bundle/Plugin.ts";
import { schemaWhenNeeded } from "./bundle/schemaWhenNeeded.ts";

/** What is dear to make and seldom used is made when it is used. */
const segmenterWhenUsed: Plugin = {
  name: "segmenter-when-used",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]effect[\\/]dist[\\/]cli[\\/]CliOutput\.js$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      const made = /const graphemeSegmenter = \/\*#__PURE__\*\/new Intl\.Segmenter\(undefined, \{[^}]*\}\);/;
      if (!made.test(code))
        throw new Error("effect/cli makes its segmenter in another way: look whether it still costs 20 ms at start");
      const contents = code
        .replace(made, "let segmenter;")
        .replace("of graphemeSegmenter.segment(", "of (segmenter ??= new Intl.Segmenter()).segment(");
      return { contents, loader: "js" };
    });
  },
};

/**
 * A chunk for each set of files that the same chunks share would be a dozen at every start. What one command does is loaded
 * by the program, so that it may as well import all of it; then what they share is one chunk, and what is light another.
 */
const oneChunk: Plugin = {
  name: "one-chunk",
  setup: (build) => {
    const program = join(import.meta.dirname, "src/cli.ts");
    const light = join(import.meta.dirname, "src/light.ts");
    build.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === "asked") return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: "asked" });
      if (found.external || found.errors.length > 0 || !isPlainModule(found.path)) return found;
      return { path: found.path, namespace: "apart" };
    });
    build.onLoad({ filter: /./, namespace: "apart" }, ({ path }) => {
      const contents = [
        `import ${JSON.stringify(program)};`,
        `export * as light from ${JSON.stringify(light)};`,
        `export * from ${JSON.stringify(path)};`,
      ].join("\n");
      return { contents, resolveDir: dirname(path) };
    });
  },
};

/** Which `export *` gives on as it is. */
const isPlainModule = (path: string): boolean => {
  const code = readFileSync(path, "utf8");
  return /^export /m.test(code) && !/^export (default|\{[^}]*\bdefault\b)/m.test(code);
};

const config: Options = {
  entry: { main: join(import.meta.dirname, "src/main.ts") },
  outDir: join(import.meta.dirname, "dist"),
  tsconfig: join(import.meta.dirname, "tsconfig.json"),
  format: "esm",
  target: "node22",
  clean: true,
  noExternal: [/./],
  // A keychain is native code, and optional.
  external: ["@napi-rs/keyring"],
  // Node's own modules are required, which an ES module cannot do by itself.
  banner: {
    js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
  },
  // `node:sqlite` has no other name.
  removeNodeProtocol: false,
  minify: true,
  esbuildPlugins: [
    segmenterWhenUsed,
    notOffered,
    schemaWhenNeeded(join(import.meta.dirname, "bundle/Schema.ts")),
    builtinsRequired,
    oneChunk,
  ],
  esbuildOptions: (options) => {
    options.conditions = ["@sluice/source"];
  },
};

export default config;
