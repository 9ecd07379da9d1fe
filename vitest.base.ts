import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The test settings that every project shares: sources by condition, and results where `npm test` adds them up. */
export const project = (name: string, overrides: ViteUserConfig["test"] = {}): ViteUserConfig =>
  defineConfig({
    root: import.meta.dirname,
    resolve: { conditions: ["@sluice/source"] },
    ssr: { resolve: { conditions: ["@sluice/source"] } },
    test: {
      name,
      reporters: ["default", "json"],
      outputFile: { json: `.results/${name}.json` },
      // On a machine that does other things as well, a test takes several times as long.
      testTimeout: 20_000,
      // Modules are loaded once for all files of a worker, which halves the work. So `vi.mock` may come too late: replace what a
      // module of Node's exports with `vi.spyOn` and `syncBuiltinESMExports`, and put it back when the file is done.
      isolate: false,
      ...overrides,
    },
  });
