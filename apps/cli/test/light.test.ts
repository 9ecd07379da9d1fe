/** What is benchmarked must not load what it does not need: the modules that are loaded at a start, found by their imports. */
import { build, type Metafile } from "esbuild";
import { join } from "node:path";
import { assert, it } from "vitest";

const src = join(import.meta.dirname, "../src");

/** Files that are loaded with a module, without what an `import()` loads later. */
const loadedWith = ({ inputs }: Metafile, entry: string): ReadonlySet<string> => {
  const start = Object.keys(inputs).find((path) => path.endsWith(entry));
  if (start === undefined) throw new Error(`${entry} is not in the bundle`);
  const seen = new Set([start]);
  for (const path of seen) {
    for (const { path: next, kind, external } of inputs[path]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) seen.add(next);
    }
  }
  return seen;
};

it("a start of `sluice`, of `sluice cost estimate` and of `sluice launch --help` loads no schema, no client and no emulator", async () => {
  const entries = ["root.ts", "cost/estimate.ts", "cost/rates.ts", "cost/project.ts", "commands/launch.ts"];
  const { metafile } = await build({
    entryPoints: entries.map((entry) => join(src, entry)),
    outdir: "out",
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    conditions: ["@sluice/source"],
    external: ["@napi-rs/keyring"],
    logLevel: "silent",
  });
  for (const entry of entries) {
    const heavy = [...loadedWith(metafile, `apps/cli/src/${entry}`)].filter((path) =>
      /node_modules\/(zod|undici|smol-toml)\/|packages\/(core|emulator|telemetry|readiness)\/|packages\/models\/src\/index\.ts/.test(
        path,
      ),
    );
    assert.deepStrictEqual(heavy, [], entry);
  }
});
