import { describe, expect, it } from "vitest";
import { type Budgets, codeOf, complaintsOf, importsOf, type Measured } from "../src/Budget.ts";
import { type Bundle, bundle } from "../src/bundle.ts";
import { measured as built } from "../src/measured.ts";
import { published, workspaceRoot } from "../src/published.ts";

const sized = (gzipped: number, names: ReadonlyArray<string> = []): Bundle => ({
  minified: 3 * gzipped,
  gzipped,
  later: { minified: 0, gzipped: 0 },
  names,
  packages: [],
});

const measured = (specifier: string, name: string, budget: number, size: Bundle): Measured => ({
  specifier,
  name,
  platform: "node",
  budget,
  bundle: size,
});

describe("a budget", () => {
  it("is kept by an entry that needs all of it", () => {
    expect(complaintsOf(["@a/b"], [measured("@a/b", "*", 100, sized(100))])).toEqual([]);
  });

  it("is broken by one byte, and the complaint says whose, how much it is and by how much", () => {
    expect(
      complaintsOf(["@a/b"], [measured("@a/b", "*", 100, sized(101)), measured("@a/b", "f", 9, sized(12))]),
    ).toEqual([
      "@a/b is over its budget of 100 bytes by 1: it has 101, minified and gzipped.",
      "f of @a/b is over its budget of 9 bytes by 3: it has 12, minified and gzipped.",
    ]);
  });

  it("is missed by an entry that has none, or only for a part", () => {
    expect(
      complaintsOf(["@a/b", "@a/b/c"], [measured("@a/b", "f", 9, sized(1)), measured("@a/b/c", "*", 9, sized(1))]),
    ).toEqual(["@a/b has no budget: give it one in tools/release/src/budgets.json."]);
  });

  it("is missed by each function that is to stand alone", () => {
    const whole = measured("@a/b/standalone", "*", 100, sized(50, ["f", "g"]));
    const alone = measured("@a/b/standalone", "f", 30, sized(20));
    expect(complaintsOf(["@a/b/standalone"], [whole, alone])).toEqual([
      "g of @a/b/standalone has no budget: give it one in tools/release/src/budgets.json.",
    ]);
  });

  it("is of no use for what no package exports", () => {
    expect(complaintsOf([], [measured("@a/gone", "*", 100, sized(1))])).toEqual([
      "@a/gone has a budget, but no package exports it: remove it from budgets.json.",
    ]);
  });

  it("is data: by entry, of all of it and of single exports", () => {
    const budgets: Budgets = { "@a/b": { platform: "browser", gzipped: { "*": 100, f: 30 } } };
    expect(importsOf(budgets)).toEqual([
      { specifier: "@a/b", name: "*", platform: "browser", budget: 100 },
      { specifier: "@a/b", name: "f", platform: "browser", budget: 30 },
    ]);
    expect(importsOf(budgets).map(codeOf)).toEqual([`export * from "@a/b";`, `export { f } from "@a/b";`]);
  });
});

describe("budgets.json", () => {
  const entries = published.flatMap((each) => each.entries);

  it("is kept by every entry and every function of its own", () => {
    expect(complaintsOf(entries, built)).toEqual([]);
  });
});

describe("a bundle", () => {
  const of = (code: string, platform: "browser" | "node" = "node") => bundle({ code, folder: workspaceRoot, platform });

  it("has exactly the bytes of what is imported, and names it", async () => {
    const { minified, gzipped, names, later } = await of(`export const answer = 42;`);
    expect(minified).toBe(`var r=42;export{r as answer};\n`.length);
    expect(gzipped).toBeGreaterThan(minified);
    expect(names).toEqual(["answer"]);
    expect(later).toEqual({ minified: 0, gzipped: 0 });
  });

  it("counts libraries, by name, and not the modules of Node", async () => {
    const { minified, packages } = await of(
      `import { join } from "node:path"; import * as Effect from "effect/Effect"; export const x = [join, Effect.succeed(1)];`,
    );
    expect(packages.map(([name]) => name)).toEqual(["effect"]);
    expect(packages[0]?.[1]).toBeLessThan(minified);
    expect(packages[0]?.[1]).toBeGreaterThan(5_000);
  });

  it("keeps apart what is loaded later", async () => {
    const still = await of(`import * as z from "zod/mini"; export const load = () => z.string();`);
    const later = await of(`export const load = () => import("zod/mini").then((z) => z.string());`);
    expect(later.minified).toBeLessThan(300);
    expect(later.later.minified).toBeGreaterThan(still.minified);
    expect(still.later.minified).toBe(0);
  });

  it("of a browser's import fails where that needs Node", async () => {
    await expect(of(`export { join } from "node:path";`, "browser")).rejects.toThrow('Could not resolve "node:path"');
  });
});
