import { project } from "../../vitest.base.ts";

// One of these tests starts the command line, which takes seconds on a busy machine.
export default project("tools-ops", {
  include: ["tools/ops/test/**/*.test.ts"],
  exclude: ["tools/ops/test/promtool/**"],
  testTimeout: 60_000,
});
