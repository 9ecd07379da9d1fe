/**
 * Node's own modules are required, not imported. An `import` reads every export at once, and some of them load what they
 * name: of `node:fs` that is its streams, its promises and `node:readline`, a dozen modules that a price does not need.
 */
import type { Plugin } from "./Plugin.ts";

export const builtinsRequired: Plugin = {
  name: "builtins-required",
  setup: (build) => {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "builtin" } : undefined,
    );
    build.onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
