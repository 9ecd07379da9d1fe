import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { houses, mayImport } from "../src/house-rules.js";
import { workspaceRoot } from "../src/nx.ts";
import { boundaryRule, type Finding, lint } from "./lint.ts";
import { type Project, scopeOf } from "./workspace.ts";

const projects = inject("projects");
const importable = projects.filter(({ root }) => /^(packages|apps)\//.test(root));
const places = ["src", "test"] as const;
type Place = (typeof places)[number];

/** Every way into a project: what its manifest exports. Of an app that exports nothing, any file is a way in. */
const entriesOf = ({ name, root }: Project): ReadonlyArray<string> => {
  const { exports = { "./package.json": true } } = JSON.parse(
    readFileSync(join(workspaceRoot, root, "package.json"), "utf8"),
  ) as { readonly exports?: Readonly<Record<string, unknown>> };
  return Object.keys(exports).map((path) => name + path.slice(1));
};

/** A file of `from` that imports every project in every way, a line each, linted once. */
const planted = new Map<string, Promise<ReadonlyMap<string, ReadonlyArray<Finding>>>>();
const findingsOf = (from: Project, place: Place) => {
  const key = `${from.root}/${place}`;
  const known = planted.get(key);
  if (known !== undefined) return known;
  const entries = importable.filter(({ name }) => name !== from.name).flatMap(entriesOf);
  const text = entries.map((entry) => `import "${entry}";`).join("\n");
  const found = lint(`${key}/Planted.ts`, text).then(
    (all) => new Map(entries.map((entry, index) => [entry, all.filter(({ line }) => line === index + 1)])),
  );
  planted.set(key, found);
  return found;
};

const boundaryFindings = async (from: Project, place: Place, entry: string) => {
  const findings = (await findingsOf(from, place)).get(entry) ?? [];
  return findings.filter(({ rule }) => rule === boundaryRule).length;
};

describe("the table of who may import whom", () => {
  it.each(projects)("has a row for $name, which carries its tag", (project) => {
    expect(houses).toHaveProperty(scopeOf(project));
    expect(project.tags.filter((tag) => tag.startsWith("scope:"))).toEqual([`scope:${scopeOf(project)}`]);
  });

  it("lets no project into an app but a tool, and the command line into the service; and draws no circle", () => {
    const scopes = Object.keys(houses).filter((scope) => scope !== "tools");
    const reached = (scope: string): ReadonlyArray<string> =>
      (houses[scope]?.uses ?? []).flatMap((used) => [used, ...reached(used)]);
    for (const scope of scopes) {
      expect(reached(scope)).not.toContain(scope);
      const apps = reached(scope).filter((used) => houses[used]?.folder !== "packages");
      expect(apps).toEqual(scope === "cli" ? ["api"] : []);
    }
  });
});

describe.each(places)("an import planted in %s", (place) => {
  const pairs = projects.flatMap((from) =>
    importable
      .filter(({ name }) => name !== from.name)
      .flatMap((to) => entriesOf(to).map((entry) => ({ from, to, entry }))),
  );
  const allowed = pairs.filter(({ from, to }) => mayImport(scopeOf(from), scopeOf(to), place));
  const forbidden = pairs.filter((pair) => !allowed.includes(pair));

  it.each(allowed)("of $entry passes in $from.name", async ({ from, entry }) => {
    expect(await boundaryFindings(from, place, entry)).toBe(0);
  });

  it.each(forbidden)("of $entry fails in $from.name", async ({ from, entry }) => {
    expect(await boundaryFindings(from, place, entry)).toBe(1);
  });
});

describe("an import by a relative path", () => {
  it.each(projects)("fails in $name when it leaves the project", async ({ name, root }) => {
    const other = projects.find((project) => project.name !== name)?.root ?? "";
    const text = `import "${relative(`${root}/src`, `${other}/src/index.ts`)}";`;
    expect(await lint(`${root}/src/Planted.ts`, text)).toMatchObject([{ rule: boundaryRule }]);
  });

  it.each(projects)("passes in $name when it stays in the project", async ({ root }) => {
    expect(await lint(`${root}/src/deep/Planted.ts`, `import "../index.ts";`)).toEqual([]);
  });

  it("passes from tool to tool where that is shared, and nowhere else", async () => {
    const text = `import "../../repo/src/Kit.ts"; import "../../release/src/bundle.ts"; import "../../bench/src/table.ts";`;
    expect(await lint("tools/mutate/src/Planted.ts", text)).toMatchObject([{ rule: boundaryRule }]);
    expect(await lint("packages/errors/src/Planted.ts", `import "../../../tools/repo/src/Kit.ts";`)).toMatchObject([
      { rule: boundaryRule },
    ]);
  });

  it("fails when a package reaches into the repository's tools", async () => {
    const text = `import "../../../tools/repo/src/house-rules.js";`;
    expect(await lint("packages/errors/src/Planted.ts", text)).toMatchObject([{ rule: boundaryRule }]);
  });
});

describe("an arrow for types only", () => {
  const arrows = Object.entries(houses).flatMap(([from, { typesOnly = [] }]) => typesOnly.map((to) => ({ from, to })));
  const typesRule = "no-restricted-imports";
  const lintIn = async (from: string, place: Place, text: string) =>
    (await lint(`packages/${from}/${place}/Planted.ts`, text)).filter(({ rule }) => rule !== boundaryRule);

  it("is drawn once", () => {
    expect(arrows).toEqual([{ from: "models", to: "errors" }]);
  });

  it.each(arrows)("keeps the code of $to out of $from", async ({ from, to }) => {
    const values = [
      `import { x } from "@sluice/${to}";`,
      `export { x } from "@sluice/${to}";`,
      `import "@sluice/${to}";`,
    ];
    for (const text of values) {
      const findings = await lintIn(from, "src", text);
      expect(findings).toMatchObject([{ rule: typesRule }]);
      expect(findings[0]?.message).toContain("use `import type`");
    }
    expect(await lintIn(from, "src", `void import("@sluice/${to}");`)).toMatchObject([
      { rule: "no-restricted-syntax" },
    ]);
    expect(await lintIn(from, "src", `import { type X } from "@sluice/${to}"; export type Y = X;`)).toMatchObject([
      { rule: "@typescript-eslint/no-import-type-side-effects" },
    ]);
  });

  it.each(arrows)("lets the types of $to into $from, and its code into the tests", async ({ from, to }) => {
    expect(await lintIn(from, "src", `import type { X } from "@sluice/${to}"; export type Y = X;`)).toEqual([]);
    expect(await lintIn(from, "src", `export type { X } from "@sluice/${to}";`)).toEqual([]);
    expect(await lintIn(from, "test", `import "@sluice/${to}";`)).toEqual([]);
  });

  it("cannot be got round by an import in a type", async () => {
    const findings = await lint("packages/errors/src/Planted.ts", `export type X = import("@sluice/core").X;`);
    expect(findings).toMatchObject([{ rule: "@typescript-eslint/consistent-type-imports" }]);
  });
});
