/**
 * The house rules as data: who may import whom, and what no shipped code may use.
 *
 * eslint.config.js turns them into lint rules; the tests of tools/repo break each one on purpose. The first table is the
 * one of docs/architecture.md. To add a package, add its row here.
 */
import { builtinModules } from "node:module";

/**
 * @typedef {object} House
 * @property {"packages" | "apps" | "tools" | "examples"} folder Where the scope lives; `packages` are published.
 * @property {readonly string[]} uses The scopes its code may import.
 * @property {readonly string[]} [typesOnly] Those of `uses` that `src` may import as types alone.
 * @property {readonly string[]} [testsUse] What its tests may import besides.
 * @property {boolean} [anywhere] It must run in a browser and on an edge runtime too.
 *
 * @typedef {object} ImportBan
 * @property {string} regex Matches the specifier.
 * @property {string} message What to do instead.
 * @property {boolean} [allowTypeImports]
 *
 * @typedef {object} GlobalBan
 * @property {string} name
 * @property {string} [property]
 * @property {string} message
 */

const packages = ["errors", "models", "pricing", "telemetry", "core", "ledger", "emulator", "readiness"];

/** @type {Readonly<Record<string, House>>} A project has the tag `scope:<name>`; a missing arrow is a lint error. */
export const houses = {
  errors: { folder: "packages", uses: [], anywhere: true },
  models: { folder: "packages", uses: ["errors"], typesOnly: ["errors"], anywhere: true },
  pricing: { folder: "packages", uses: ["models"], anywhere: true },
  telemetry: { folder: "packages", uses: ["errors", "models", "pricing"], anywhere: true },
  core: { folder: "packages", uses: ["errors", "models", "pricing", "telemetry"], testsUse: ["emulator"] },
  ledger: { folder: "packages", uses: ["errors", "pricing", "core"] },
  emulator: { folder: "packages", uses: ["models"] },
  readiness: { folder: "packages", uses: ["errors", "models", "pricing", "telemetry", "core", "emulator"] },
  api: { folder: "apps", uses: packages },
  cli: { folder: "apps", uses: [...packages, "api"] },
  dashboard: { folder: "apps", uses: [] },
  examples: { folder: "examples", uses: packages },
  tools: { folder: "tools", uses: [...packages, "api", "cli", "dashboard", "tools"] },
};

/**
 * The modules of Effect that published packages may import: those tagged `@stability stable`, which keep strict semver,
 * so that a peer range of `^4.1.0` holds. Effect's Schema is stable in part and absent on purpose: zod owns shapes.
 */
export const stableEffectModules = [
  ...["Effect", "Layer", "Context", "Cause", "Exit", "ManagedRuntime", "References", "Scope"],
  ...["Fiber", "FiberHandle", "FiberMap", "FiberSet", "Deferred", "Latch", "Semaphore"],
  ...["Clock", "Cron", "DateTime", "Duration", "Random", "Schedule"],
  ...["Ref", "SubscriptionRef", "SynchronizedRef", "MutableHashMap", "MutableHashSet", "MutableList", "MutableRef"],
  ...["Cache", "ScopedCache", "Pool", "RcMap", "RcRef", "Resource", "Request", "RequestResolver"],
  ...["Queue", "PubSub", "Pull", "Stream", "Channel", "Sink", "Take"],
  ...["Config", "ConfigProvider", "Redacted", "Logger", "LogLevel", "Metric", "Tracer"],
  ...["Data", "Match", "Option", "Result", "Filter", "Brand", "Equal", "Equivalence", "Hash", "Order", "Ordering"],
  ...["Array", "BigDecimal", "BigInt", "Boolean", "Chunk", "HashMap", "HashSet", "Iterable", "Number", "Predicate"],
  ...["Record", "RegExp", "String", "Struct", "Trie", "Tuple"],
  ...["Function", "HKT", "Inspectable", "Pipeable", "Types", "Unify"],
  ...["encoding/Base64", "encoding/Base64Url", "encoding/Hex"],
];

/** @type {Readonly<Record<string, readonly string[]>>} What those modules export that is not stable all the same. */
export const unstableExports = {
  Config: ["ByteSize"],
  ConfigProvider: ["fromDir", "fromDotEnv"],
  Effect: ["withErrorReporting", "withExecutionPlan"],
  Logger: ["toFile"],
  Match: ["literals", "literalsExhaustive"],
  Metric: ["registerUnsafe", "remove", "removeUnsafe"],
  Pool: ["stats"],
  RequestResolver: ["persisted"],
  Stream: ["limitBytes", "withExecutionPlan"],
};

const nodeNames = builtinModules.filter((name) => /^[a-z]/.test(name)).join("|");

const bans = {
  unstableEffect: {
    regex: `^(@effect(/|$)|effect$|effect/(?!(${stableEffectModules.join("|")})$))`,
    message:
      'Published packages import the stable modules of Effect, each by its path: import * as Effect from "effect/Effect". ' +
      "An unstable module belongs in an app, behind a port; the list is in tools/repo/src/house-rules.js.",
  },
  effectBarrel: {
    regex: "^(effect|@effect/[^/]+)(/[a-z][^/]*)*$",
    message:
      'A barrel loads all that it names at start. Import each module by its path: import * as Effect from "effect/Effect", ' +
      'import * as Command from "effect/cli/Command".',
  },
  machine: {
    regex: `^(node:.+|undici(/.*)?|(${nodeNames})(/.*)?)$`,
    message:
      "This package runs anywhere, in a browser too. Use what the web platform has (URL, TextEncoder, Uint8Array), or move " +
      "the code to @sluice/core.",
  },
  machineClock: {
    regex: "^(node:)?(timers(/promises)?|perf_hooks)$",
    message: "Use Clock, Effect.sleep or Schedule from Effect, so that tests own time.",
  },
};

const clockMessage = "Use Clock.currentTimeMillis or Clock.currentTimeNanos from Effect, so that tests own time.";
const timerMessage = "Use Effect.sleep, Effect.timeout or Schedule from Effect, so that tests own time.";

/** @type {readonly GlobalBan[]} Time and chance, in published packages. `new Date()` is banned beside them. */
export const impureGlobals = [
  { name: "Date", property: "now", message: clockMessage },
  { name: "performance", property: "now", message: clockMessage },
  { name: "Math", property: "random", message: "Use Random from Effect, so that tests own chance." },
  { name: "AbortSignal", property: "timeout", message: timerMessage },
  { name: "setTimeout", message: timerMessage },
  { name: "setInterval", message: timerMessage },
  { name: "setImmediate", message: timerMessage },
];

/** @type {readonly { selector: string, message: string }[]} */
export const impureSyntax = ["NewExpression[arguments.length=0]", "CallExpression"].map((call) => ({
  selector: `${call}[callee.name="Date"]`,
  message: `This reads the machine's clock. ${clockMessage}`,
}));

/** @type {readonly GlobalBan[]} */
export const machineGlobals = [
  { name: "process", message: "This package runs anywhere. Take the value as a parameter, or use Config from Effect." },
  { name: "Buffer", message: "This package runs anywhere. Use Uint8Array, TextEncoder and effect/encoding/Base64." },
];

/** @type {(scope: string) => readonly ImportBan[]} What the shipped code of a scope may not import. */
export const importBansOf = (scope) => {
  const house = houses[scope];
  if (house?.folder === "apps") return [bans.effectBarrel];
  if (house?.folder !== "packages") return [];
  const types = (house.typesOnly ?? []).map((used) => ({
    regex: `^@sluice/${used}(/.*)?$`,
    allowTypeImports: true,
    message: `@sluice/${scope} may know the types of @sluice/${used}, not its code: use \`import type\`.`,
  }));
  return [bans.unstableEffect, house.anywhere === true ? bans.machine : bans.machineClock, ...types];
};

/** @type {(from: string, to: string, where?: "src" | "test") => boolean} Whether a scope may import another. */
export const mayImport = (from, to, where = "src") => {
  const house = houses[from];
  return house !== undefined && (house.uses.includes(to) || (where === "test" && (house.testsUse ?? []).includes(to)));
};
