/**
 * Lint: typescript-eslint's strict rules, module boundaries by Nx, and the house rules.
 *
 * The house rules are data in tools/repo/src/house-rules.js, and tools/repo/test breaks each of them on purpose.
 */
import nx from "@nx/eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { exactMoney } from "./tools/repo/src/exact-money.js";
import {
  houses,
  importBansOf,
  impureGlobals,
  impureSyntax,
  machineGlobals,
  unstableExports,
} from "./tools/repo/src/house-rules.js";

const sources = ["**/*.{ts,tsx,mts,cts}"];

/** Outside every tsconfig: the settings in the root, and plain JavaScript. */
const untyped = ["*.ts", "**/*.{js,mjs,cjs}"];

/** Where the strict rules are stricter or laxer here, and why. */
const tuned = {
  "@typescript-eslint/array-type": ["error", { default: "generic" }],
  // `import("…")` in a type would slip past the boundaries.
  "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: true }],
  // `import { type A } from "b"` still loads b; a types-only arrow must not.
  "@typescript-eslint/no-import-type-side-effects": "error",
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  // A string is spread to walk its code points.
  "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
  "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  // It asks for the `!` that no-non-null-assertion forbids.
  "@typescript-eslint/non-nullable-type-assertion-style": "off",
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
  eqeqeq: "error",
};

const tag = (scope) => `scope:${scope}`;

/** The settings in the root belong to no project; each project extends them. */
const settings = String.raw`^(\.\./)+(vitest|tsup)\.base\.ts$`;

/** A tool is no package: another tool reaches these by their path. */
const sharedTools = String.raw`^(\.\./)+(release|repo)/src/`;

/** The only way into an app. */
const serviceProgram = "^@sluice/api/program$";

/** The table as Nx constraints; a test may use a little more. */
const boundaries = (where, ...allow) => [
  "error",
  {
    allow: [settings, ...allow],
    // A test may stand where a user stands, and import its own package by name.
    allowCircularSelfDependency: where === "test",
    depConstraints: Object.entries(houses).map(([scope, { uses, testsUse = [] }]) => ({
      sourceTag: tag(scope),
      onlyDependOnLibsWithTags: (where === "test" ? [...uses, ...testsUse] : uses).map(tag),
    })),
  },
];

/** A ban holds for `import()` as well, which `no-restricted-imports` does not see. */
const dynamic = ({ regex, message }) => ({
  selector: `ImportExpression[source.value=/${regex.replaceAll("/", String.raw`\x2F`)}/]`,
  message,
});

const globalsOf = (bans) => bans.filter(({ property }) => property === undefined);
const propertiesOf = (bans) =>
  bans.flatMap(({ name, property, message }) => (property === undefined ? [] : [{ object: name, property, message }]));

const unstableProperties = Object.entries(unstableExports).flatMap(([object, properties]) =>
  properties.map((property) => ({
    object,
    property,
    message: `${object}.${property} is not stable in Effect 4: a published package does without, or takes it through a port.`,
  })),
);

/** What the shipped code of one scope may not use. One block per scope: a later block replaces a rule's options. */
const shipped = ([scope, { folder, anywhere = false }]) => {
  const imports = importBansOf(scope);
  const published = folder === "packages";
  const globals = published ? [...impureGlobals, ...(anywhere ? machineGlobals : [])] : [];
  return {
    files: [`${folder}/${scope}/src/**/*.{ts,tsx}`],
    rules: {
      "no-restricted-imports": ["error", { patterns: imports.map((ban) => ({ ...ban, caseSensitive: true })) }],
      "no-restricted-syntax": ["error", ...imports.map(dynamic), ...(published ? impureSyntax : [])],
      "no-restricted-globals": ["error", { globals: globalsOf(globals), checkGlobalObject: true }],
      "no-restricted-properties": ["error", ...propertiesOf(globals), ...(published ? unstableProperties : [])],
    },
  };
};

export default defineConfig(
  globalIgnores(["**/dist/", "**/out/", ".nx/", ".results/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: sources,
    ignores: untyped,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: tuned,
  },
  { files: untyped, extends: [tseslint.configs.strict] },
  {
    // It starts on Nodes that know no newer syntax.
    files: ["apps/cli/bin/*.cjs"],
    languageOptions: { ecmaVersion: 5, sourceType: "commonjs" },
    rules: {
      "no-var": "off",
      "prefer-const": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  {
    files: [...sources, ...untyped],
    plugins: { "@nx": nx },
    rules: { "@nx/enforce-module-boundaries": boundaries("src") },
  },
  ...Object.entries(houses)
    .filter(([, { folder }]) => folder === "packages" || folder === "apps")
    .map(shipped),
  {
    files: ["{packages,apps}/**/*.{ts,tsx}"],
    plugins: { sluice: { rules: { "exact-money": exactMoney } } },
    rules: { "sluice/exact-money": "error" },
  },
  { files: ["packages/pricing/src/**"], rules: { "sluice/exact-money": ["error", { everyBigint: true }] } },
  { files: ["{packages,apps}/*/test/**"], rules: { "@nx/enforce-module-boundaries": boundaries("test") } },
  // Nx lets nobody import an app, whatever the table says; the command line starts the service's program, and a tool may.
  { files: ["apps/cli/src/**"], rules: { "@nx/enforce-module-boundaries": boundaries("src", serviceProgram) } },
  { files: ["apps/cli/test/**"], rules: { "@nx/enforce-module-boundaries": boundaries("test", serviceProgram) } },
  { files: ["tools/**"], rules: { "@nx/enforce-module-boundaries": boundaries("src", "^@sluice/", sharedTools) } },
  {
    files: ["**/test/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
