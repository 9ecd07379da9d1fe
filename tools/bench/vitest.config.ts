import { project } from "../../vitest.base.ts";

// The peers are installed at the first run, and a drill takes seconds of real time.
export default project("tools-bench", {
  include: ["tools/bench/test/**/*.test.ts"],
  testTimeout: 120_000,
  hookTimeout: 300_000,
});
