/** Entries of the package as a bundler makes them: of what they consist, and the code itself. */
import { build } from "esbuild";
import { relative } from "node:path";

export interface Bundled {
  readonly code: string;
  /** In bytes, minified. */
  readonly size: number;
  /** The source files of this repository that the bundle holds something of, such as `core/src/Engine.ts`. */
  readonly files: ReadonlyArray<string>;
  /** The packages from elsewhere. */
  readonly packages: ReadonlySet<string>;
}

const packages = new URL("../..", import.meta.url).pathname;

/** Rejects when the platform has not what an import needs. */
export const bundled = async (
  contents: string,
  platform: "browser" | "node",
  external: ReadonlyArray<string> = [],
): Promise<Bundled> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    conditions: ["@sluice/source"],
    bundle: true,
    minify: true,
    format: platform === "browser" ? "iife" : "esm",
    globalName: "sluice",
    platform,
    target: "es2022",
    external: [...external],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  const inputs = Object.values(metafile.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  return {
    code: file?.text ?? "",
    size: file?.contents.length ?? 0,
    files: inputs.filter((path) => !path.includes("node_modules")).map((path) => relative(packages, path)),
    packages: new Set(inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])),
  };
};
