import { project } from "../../vitest.base.ts";

// These tests start processes, which takes seconds on a machine that does other things as well.
export default project("@sluice/api", {
  globalSetup: "apps/api/test/build.ts",
  include: ["apps/api/test/**/*.test.ts"],
  testTimeout: 30_000,
  maxWorkers: 2,
});
