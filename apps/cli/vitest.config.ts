import { project } from "../../vitest.base.ts";

// These tests start processes, which takes seconds on a machine that does other things as well.
export default project("@sluice/cli", {
  globalSetup: "apps/cli/test/build.ts",
  setupFiles: "apps/cli/test/moveIn.ts",
  include: ["apps/cli/test/**/*.test.ts"],
  testTimeout: 30_000,
});
