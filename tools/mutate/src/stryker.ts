/** Stryker over one package, in a copy of it: an interrupted run leaves no mutant in the sources. */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { kit } from "./kit.ts";
import { scratch, workspaceRoot } from "./packages.ts";
import type { Mutant } from "./score.ts";

interface Stryker {
  readonly runMutationTest: () => Promise<ReadonlyArray<Mutant>>;
}

const optionsFor = (name: string) => ({
  // Only these are copied. The copy is inside the repository, and finds the root's node_modules by walking up.
  ignorePatterns: [
    ...["*", `!packages/${name}/**`, "!docs/**", "node_modules", "dist"],
    ...["!vitest.base.ts", "!tsconfig.base.json", "!tools/mutate/src/**"],
  ],
  tempDirName: `${scratch}/${name}`,
  cleanTempDir: "always",
  symlinkNodeModules: false,
  // The catalogue is prose, which its tests compare letter by letter.
  mutate: [`packages/${name}/src/**/*.ts`, `!packages/${name}/src/catalogue/**`],
  disableTypeChecks: false,
  testRunner: "vitest",
  // Stryker would take threads, and a thread cannot change its time zone, as a test of the errors does.
  vitest: { configFile: "tools/mutate/src/vitest.config.ts", pool: "forks" },
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A busy machine is no endless loop.
  timeoutMS: 30_000,
  reporters: ["clear-text", "progress"],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false, skipFull: true },
  logLevel: "warn",
  warnings: { slow: false },
});

/** Every mutant of the package and what became of it, once Stryker has printed its own summary. */
export const mutantsOf = async (name: string): Promise<ReadonlyArray<Mutant>> => {
  const { Stryker } = (await import(pathToFileURL(kit.entryOf("@stryker-mutator/core")).href)) as {
    readonly Stryker: new (options: object) => Stryker;
  };
  // Stryker copies from its working directory.
  process.chdir(workspaceRoot);
  const options = optionsFor(name);
  process.env["MUTATED"] = name;
  rmSync(options.tempDirName, { recursive: true, force: true });
  return new Stryker(options).runMutationTest();
};
