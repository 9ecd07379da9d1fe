import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stableEffectModules, unstableExports } from "../src/house-rules.js";
import { workspaceRoot } from "../src/nx.ts";

const sourceOf = (module: string) =>
  readFileSync(join(workspaceRoot, "node_modules/effect/src", `${module}.ts`), "utf8");

const docComments = /\/\*\*(?:(?!\*\/)[^])*?\*\/\s*(?:export (?:declare )?(?:const|function|class) (\w+))?/g;

/** The values that a module exports with a doc comment that says they are not stable. */
const unstableIn = (source: string) => {
  const marked = [...source.matchAll(docComments)].filter(([text]) => /@stability (unstable|experimental)/.test(text));
  return [...new Set(marked.flatMap(([, name]) => (name === undefined ? [] : [name])))].sort();
};

const count = (source: string, pattern: RegExp) => source.match(pattern)?.length ?? 0;

it("every listed module is tagged stable, nine times in ten", () => {
  const shares = stableEffectModules.map((module) => {
    const source = sourceOf(module);
    const stable = count(source, /@stability stable/g);
    return { module, share: stable / (stable + count(source, /@stability (unstable|experimental)/g)) };
  });
  expect(shares.filter(({ share }) => !(share >= 0.9))).toEqual([]);
});

it("what is unstable in a stable module is listed, and nothing else", () => {
  const found = stableEffectModules.flatMap((module) => {
    const names = unstableIn(sourceOf(module));
    return names.length === 0 ? [] : [[module, names] as const];
  });
  expect(unstableExports).toEqual(Object.fromEntries(found));
});

it("a module that is not listed is not there by mistake: effect/http is unstable", () => {
  expect(unstableIn(sourceOf("http/HttpClient")).length).toBeGreaterThan(10);
});
