import { project } from "../vitest.base.ts";

// These tests start processes, which takes seconds on a machine that does other things as well.
export default project("examples", { include: ["examples/test/**/*.test.ts"], testTimeout: 60_000 });
