import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

interface Manifest {
  readonly exports: Record<string, { readonly "@sluice/source": string } | string>;
}

/** The entries of the package whose folder we stand in: what `exports` names. */
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const entries = Object.values(manifest.exports)
  .filter((target) => typeof target !== "string")
  .map((target) => target["@sluice/source"]);

/**
 * Builds a file of code for each source, and a file of types for each entry. `sideEffects: false` speaks of files: of
 * one that holds a whole package, a bundler must keep each class that extends a call and each schema, used or not.
 */
export default defineConfig({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "node22",
  dts: { entry: entries },
  clean: true,
  sourcemap: true,
  // A bundler must see that `node:fs` is no package.
  removeNodeProtocol: false,
  esbuildOptions: (options) => {
    // The sources are published too; the maps point to them.
    options.sourcesContent = false;
  },
  esbuildPlugins: [
    {
      name: "files-apart",
      setup: ({ onResolve }) => {
        onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, kind }) =>
          kind === "entry-point" ? undefined : { path: path.replace(/ts$/, "js"), external: true },
        );
      },
    },
  ],
});
