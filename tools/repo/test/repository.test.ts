import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "../src/nx.ts";

type Versions = Readonly<Record<string, string>>;

interface Locked {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly inBundle?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(workspaceRoot, file), "utf8"));

const git = (...words: ReadonlyArray<string>) =>
  execFileSync("git", words, { cwd: workspaceRoot, encoding: "utf8" })
    .split("\n")
    .filter((line) => line !== "");

/** Also what is not committed yet, but for what git ignores. */
const filesNamed = (name: string) =>
  git("ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", name, `*/${name}`);

/** Also of a package under another name. */
const exact = /^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

describe.each(filesNamed("package.json"))("%s", (file) => {
  it("pins every version it installs", () => {
    const { dependencies, devDependencies, optionalDependencies, overrides } = read(file) as Record<string, Versions>;
    const installed = { ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides };
    expect(Object.entries(installed).filter(([, version]) => !exact.test(version))).toEqual([]);
  });
});

describe.each(filesNamed("package-lock.json"))("%s", (file) => {
  const { packages } = read(file) as { readonly packages: Readonly<Record<string, Locked>> };
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && link !== true,
  );

  it("names no registry, so that it installs from whichever one is configured", () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it("knows every package by its hash", () => {
    expect(installed.length).toBeGreaterThan(0);
    // A bundled package comes in the archive of another, whose hash covers it.
    expect(installed.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true)).toEqual([]);
  });
});

it("lint is run again when a rule of this repository has changed", () => {
  const rules = [...readFileSync(join(workspaceRoot, "eslint.config.js"), "utf8").matchAll(/ from "\.\/(.*)";$/gm)];
  const { targetDefaults } = read("nx.json") as {
    readonly targetDefaults: { readonly lint: { readonly inputs: ReadonlyArray<string> } };
  };
  expect(rules.length).toBeGreaterThan(1);
  expect(targetDefaults.lint.inputs).toEqual(
    expect.arrayContaining(
      ["eslint.config.js", ...rules.map(([, file]) => file)].map((file) => `{workspaceRoot}/${file}`),
    ),
  );
});

describe("git", () => {
  it("tracks no environment file but the example", () => {
    expect(git("ls-files", "--", "*.env", "*.env.*").filter((file) => file !== ".env.example")).toEqual([]);
  });

  it("tracks nothing that is built", () => {
    expect(git("ls-files", "--", "dist/*", "*/dist/*", ".results/*", ".nx/*")).toEqual([]);
  });
});
