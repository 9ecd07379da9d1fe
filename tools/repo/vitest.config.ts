import { project } from "../../vitest.base.ts";

// These tests start Nx and compile with types; on a busy machine each such start takes seconds.
export default project("tools-repo", {
  include: ["tools/repo/test/**/*.test.ts"],
  globalSetup: ["tools/repo/test/workspace.ts"],
  testTimeout: 60_000,
});
