/**
 * The service as files that run wherever Node does: all that it imports is in them, the workspace's packages from their sources.
 * `main.js` is the program; what it loads only when that is needed, such as the parsers of audio, stands beside it.
 */
import { join } from "node:path";
import type { Options } from "tsup";

const config: Options = {
  entry: { main: join(import.meta.dirname, "src/main.ts") },
  outDir: join(import.meta.dirname, "dist"),
  tsconfig: join(import.meta.dirname, "tsconfig.json"),
  format: "esm",
  target: "node24",
  clean: true,
  noExternal: [/./],
  // CommonJS packages `require` modules of Node's own, which an ES module cannot.
  banner: {
    js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
  },
  // `node:sqlite` has no other name.
  removeNodeProtocol: false,
  // Names stay, so that stack traces can be read: minified, it starts no sooner and takes no less memory.
  minify: false,
  sourcemap: true,
  esbuildOptions: (options) => {
    options.conditions = ["@sluice/source"];
    options.sourcesContent = false;
  },
};

export default config;
