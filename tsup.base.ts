import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

interface Manifest {
  readonly exports: Record<string, { readonly "@sluice/source": string } | string>;
}

/** Builds every entry of the package whose folder we stand in: what `exports` names, from its source to `dist`. */
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const entry = Object.values(manifest.exports)
  .filter((target) => typeof target !== "string")
  .map((target) => target["@sluice/source"]);

export default defineConfig({
  entry,
  format: "esm",
  target: "node22",
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: true,
});
