/** `npm run coverage -- <package>`: what the package's own tests run of its sources; fails unless lines and branches are over 95 %. */
import { startVitest, type Vitest } from "vitest/node";
import { kit } from "./kit.ts";
import { packageFor, scratch, workspaceRoot } from "./packages.ts";

const name = packageFor("coverage");

/** vitest rounds down to two decimals, and fails what is under a threshold: this is the least that is over 95. */
const over95 = 95.01;

/** The provider calls itself `v8` once it is loaded, and the workers would look for that one beside vitest. */
const keepCustom = {
  onInit: ({ config }: Vitest) => {
    config.coverage.provider = "custom";
  },
};

await startVitest([], {
  config: `packages/${name}/vitest.config.ts`,
  root: workspaceRoot,
  watch: false,
  // Not the config's JSON report: `.results` is for `npm test`.
  reporters: ["default", keepCustom],
  coverage: {
    enabled: true,
    provider: "custom",
    customProviderModule: kit.entryOf("@vitest/coverage-v8"),
    include: [`packages/${name}/src/**`],
    reporter: [["text", { maxCols: 120 }]],
    reportsDirectory: `${scratch}/coverage`,
    thresholds: { lines: over95, branches: over95 },
  },
});
