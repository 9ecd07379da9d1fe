import { describe, expect, it } from "vitest";
import { houses } from "../src/house-rules.js";
import { lint } from "./lint.ts";

interface Ban {
  readonly code: string;
  readonly rule: string;
  /** What the message must name: the way out. */
  readonly instead: string;
}

const scopesIn = (folder: string) => Object.keys(houses).filter((scope) => houses[scope]?.folder === folder);
const published = scopesIn("packages");
const apps = scopesIn("apps");
const anywhere = published.filter((scope) => houses[scope]?.anywhere === true);
const onNode = published.filter((scope) => !anywhere.includes(scope));

const plantedIn = (scope: string) => `${houses[scope]?.folder ?? ""}/${scope}/src/Planted.ts`;

/** Each ban, broken in the shipped code of every scope. */
const breaks = (scopes: ReadonlyArray<string>, bans: ReadonlyArray<Ban>) => {
  it.each(bans)("fails: $code", async ({ code, rule, instead }) => {
    for (const scope of scopes) {
      const findings = await lint(plantedIn(scope), code);
      expect(findings, scope).toMatchObject([{ rule }]);
      expect(findings[0]?.message, scope).toContain(instead);
    }
  });
};

/** What looks alike and is allowed. */
const keeps = (scopes: ReadonlyArray<string>, codes: ReadonlyArray<string>) => {
  it.each(codes)("passes: %s", async (code) => {
    for (const scope of scopes) expect(await lint(plantedIn(scope), code), scope).toEqual([]);
  });
};

/** An import ban, broken by each way to import a module. */
const breaksImports = (scopes: ReadonlyArray<string>, specifiers: ReadonlyArray<string>, instead: string) => {
  it.each(specifiers)("fails, imported in any way: %s", async (specifier) => {
    const ways = [
      `import * as X from "${specifier}"; export { X };`,
      `import type * as X from "${specifier}"; export type { X };`,
      `export * from "${specifier}";`,
      `void import("${specifier}");`,
    ];
    for (const scope of scopes) {
      const findings = await lint(plantedIn(scope), ways.join("\n"));
      expect(
        findings.map(({ line, rule }) => [line, rule]),
        scope,
      ).toEqual([
        [1, "no-restricted-imports"],
        [2, "no-restricted-imports"],
        [3, "no-restricted-imports"],
        [4, "no-restricted-syntax"],
      ]);
      for (const { message } of findings) expect(message, scope).toContain(instead);
    }
  });
};

const imported = (specifier: string) => `import * as X from "${specifier}"; void import("${specifier}"); export { X };`;

describe("Effect in published packages, where only what is stable may be used, by its path", () => {
  const stable = ["effect/Effect", "effect/Schedule", "effect/Clock", "effect/encoding/Base64"];
  const unstable = ["effect/Schema", "effect/HashRing", "effect/http/HttpClient", "effect/persistence/CircuitBreaker"];
  const barrels = ["effect", "effect/http", "effect/encoding"];
  const platform = ["@effect/platform-node-shared/NodeStream", "@effect/vitest"];

  breaksImports(published, [...unstable, ...barrels, ...platform], 'import * as Effect from "effect/Effect"');
  breaks(published, [
    {
      code: 'import * as Effect from "effect/Effect"; export const x = Effect.withExecutionPlan;',
      rule: "no-restricted-properties",
      instead: "does without, or takes it through a port",
    },
  ]);
  keeps(published, stable.map(imported));
});

describe("Effect in apps, where no barrel may be used", () => {
  const barrels = ["effect", "effect/http", "effect/http-api", "@effect/platform-node"];
  const paths = ["effect/Effect", "effect/cli/Command", "effect/http-api/HttpApi", "@effect/platform-node/NodeRuntime"];

  breaksImports(apps, barrels, 'import * as Command from "effect/cli/Command"');
  keeps(apps, paths.map(imported));
});

describe("time and chance, which published packages are given", () => {
  const syntax = "no-restricted-syntax";
  const globals = "no-restricted-globals";
  const properties = "no-restricted-properties";

  breaks(published, [
    { code: "export const x = Date.now();", rule: properties, instead: "Clock" },
    { code: "const { now } = Date; export { now };", rule: properties, instead: "Clock" },
    { code: "export const x = new Date();", rule: syntax, instead: "Clock" },
    { code: "export const x = Date();", rule: syntax, instead: "Clock" },
    { code: "export const x = performance.now();", rule: properties, instead: "Clock" },
    { code: "export const x = Math.random();", rule: properties, instead: "Random" },
    { code: "export const x = AbortSignal.timeout(1);", rule: properties, instead: "Effect.timeout" },
    { code: "setTimeout(() => {}, 1);", rule: globals, instead: "Effect.sleep" },
    { code: "globalThis.setTimeout(() => {}, 1);", rule: globals, instead: "Effect.sleep" },
    { code: "setInterval(() => {}, 1);", rule: globals, instead: "Schedule" },
    { code: "setImmediate(() => {});", rule: globals, instead: "Effect.sleep" },
  ]);
  breaksImports(onNode, ["node:timers/promises", "timers", "node:perf_hooks"], "Clock");
  keeps(published, [
    'export const x = [new Date(0), Date.parse("2026-11-22"), Date.UTC(2026), Math.max(1, 2)];',
    "export const is = (x: unknown) => x instanceof Date;",
    "export type Timer = typeof setTimeout;",
  ]);
  keeps(apps, ["export const x = [Date.now(), new Date()];", "setTimeout(() => {}, 1);"]);
});

describe("the machine, which packages that run anywhere do not know", () => {
  const globals = "no-restricted-globals";

  breaksImports(
    anywhere,
    ["node:fs", "node:timers/promises", "node:sqlite", "fs/promises", "undici", "undici/types"],
    "web platform",
  );
  breaks(anywhere, [
    { code: "export const x = process.env;", rule: globals, instead: "Config" },
    { code: 'export const x = Buffer.from("");', rule: globals, instead: "Uint8Array" },
  ]);
  keeps(anywhere, [imported("zod"), 'export const x = new URL("a:b");']);
  keeps(onNode, [imported("node:fs"), imported("undici"), "export const x = process.env;"]);
});

describe("tests", () => {
  it.each(published)("of %s may use what they like", async (scope) => {
    const text = 'import "effect"; import "effect/testing"; import "node:fs"; Date.now(); setTimeout(() => {}, 1);';
    expect(await lint(`packages/${scope}/test/Planted.test.ts`, text)).toEqual([]);
  });
});
