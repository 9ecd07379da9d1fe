import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle } from "../src/bundle.ts";
import { published, workspaceRoot } from "../src/published.ts";
import { importsOf } from "./importsOf.ts";

const read = (...path: ReadonlyArray<string>) => readFileSync(join(...path), "utf8");

/** The package of a specifier: `@sluice/errors` of `@sluice/errors/catalogue`. */
const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

it("finds what is published", () => {
  expect(published.map(({ manifest }) => manifest.name)).toEqual(
    expect.arrayContaining(
      ["core", "emulator", "errors", "models", "pricing", "readiness", "telemetry"].map((name) => `@sluice/${name}`),
    ),
  );
});

describe.each(published)("the manifest of $manifest.name", ({ folder, manifest, entries }) => {
  const { exports, dependencies, peerDependencies } = manifest;

  it("offers modules alone, which have no side effects, to every Node that is tested", () => {
    expect(manifest).toMatchObject({ type: "module", sideEffects: false, engines: { node: ">=22.19" } });
  });

  it("names for each entry its source, its types and its code, in this order", () => {
    const built = Object.values(exports).filter((target) => typeof target !== "string");
    expect(built.length).toBeGreaterThan(0);
    for (const target of built) {
      const path = /^\.\/src\/(.*)\.ts$/.exec(target["@sluice/source"] ?? "")?.[1] ?? "";
      expect(Object.entries(target)).toEqual([
        ["@sluice/source", `./src/${path}.ts`],
        ["types", `./dist/${path}.d.ts`],
        ["default", `./dist/${path}.js`],
      ]);
    }
  });

  it("says where it comes from, and may be published to everyone", () => {
    const directory = `packages/${basename(folder)}`;
    const repository = { type: "git", url: "git+https://github.com/livepeer/sluice.git", directory };
    expect(manifest).toMatchObject({ license: "MIT", repository, publishConfig: { access: "public" } });
    expect(manifest["homepage"]).toContain(directory);
    expect(manifest["keywords"]).toContain("livepeer");
  });

  it("ships the licence of the repository and a README", () => {
    expect(read(folder, "LICENSE")).toBe(read(workspaceRoot, "LICENSE"));
    expect(read(folder, "README.md")).toContain(`# ${manifest.name}`);
  });

  it("takes its siblings at just its own version", () => {
    const siblings = Object.entries({ ...dependencies, ...peerDependencies }).filter(([name]) =>
      name.startsWith("@sluice/"),
    );
    expect(siblings.filter(([, version]) => version !== manifest.version)).toEqual([]);
  });

  it("declares all that its built files import", () => {
    const declared = new Set([manifest.name, ...Object.keys({ ...dependencies, ...peerDependencies })]);
    const files = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" });
    const imported = files
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) => importsOf(read(folder, "dist", file)))
      .filter((specifier) => !specifier.startsWith(".") && !isBuiltin(specifier));
    const foreign = [...new Set(imported.map(packageOf))];
    expect(foreign.filter((name) => !declared.has(name))).toEqual([]);
  });

  it.each(entries)("lets a bundler drop %s when nothing of it is used", async (entry) => {
    const { minified } = await bundle({ code: `import "${entry}";`, folder: workspaceRoot, platform: "node" });
    expect(minified).toBe(0);
  });
});
