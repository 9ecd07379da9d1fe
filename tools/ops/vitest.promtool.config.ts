import { project } from "../../vitest.base.ts";

/** `npm run ops:check`: what needs Prometheus's promtool on the PATH, and so is no part of `npm test`. */
export default project("tools-ops-promtool", {
  include: ["tools/ops/test/promtool/**/*.test.ts"],
  // promtool evaluates days of rules, a minute at a time.
  testTimeout: 120_000,
});
