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
      ...overrides,
    },
  });
