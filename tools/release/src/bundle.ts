/** What an import costs the one who bundles it: esbuild, minified, with everything in it but Node's own modules. */
import { build, type Metafile } from "esbuild";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";

export interface Request {
  /** JavaScript that imports something and exports it again. */
  readonly code: string;
  /** Where its imports are resolved. */
  readonly folder: string;
  readonly platform: "browser" | "node";
  /** Packages that are left out. */
  readonly without?: ReadonlyArray<string>;
}

/** In bytes. */
export interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

export interface Bundle extends Size {
  /** What is loaded only by an `import()`; not in the figures of the bundle itself. */
  readonly later: Size;
  /** The names that it exports. */
  readonly names: ReadonlyArray<string>;
  /** Minified bytes by package, the heaviest first. */
  readonly packages: ReadonlyArray<readonly [name: string, bytes: number]>;
}

/** What esbuild calls the code that it is given. An `import()` makes an entry as well. */
const stdin = "<stdin>";

export const bundle = async ({ code, folder, platform, without = [] }: Request): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder, sourcefile: stdin },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform,
    external: [...without],
    target: "node22",
    legalComments: "none",
    // Relative paths in the metafile are relative to it.
    absWorkingDir: folder,
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const { outputs } = metafile;
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === stdin) ?? "";
  const atOnce = loadedWith(entry, outputs);
  const sizes = outputFiles.map(({ path, contents }) => ({
    first: atOnce.has(relative(folder, path)),
    minified: contents.length,
    gzipped: gzipSync(contents, { level: 9 }).length,
  }));
  return {
    ...sum(sizes.filter(({ first }) => first)),
    later: sum(sizes.filter(({ first }) => !first)),
    names: outputs[entry]?.exports ?? [],
    packages: packagesOf([...atOnce].flatMap((path) => Object.entries(outputs[path]?.inputs ?? {}))),
  };
};

/** An output and what it imports at once, directly or not. */
const loadedWith = (path: string, outputs: Metafile["outputs"], seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
    if (kind === "import-statement" && external !== true) loadedWith(next, outputs, seen);
  }
  return seen;
};

const sum = (sizes: ReadonlyArray<Size>): Size => ({
  minified: sizes.reduce((total, { minified }) => total + minified, 0),
  gzipped: sizes.reduce((total, { gzipped }) => total + gzipped, 0),
});

const packagesOf = (inputs: ReadonlyArray<readonly [string, { readonly bytesInOutput: number }]>) => {
  const totals = new Map<string, number>();
  for (const [path, { bytesInOutput }] of inputs) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? /([^/]+)\/(?:dist|src)\//.exec(path)?.[1];
    if (name !== undefined) totals.set(name, (totals.get(name) ?? 0) + bytesInOutput);
  }
  return [...totals].sort(([, a], [, b]) => b - a);
};
