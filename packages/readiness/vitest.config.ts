import { project } from "../../vitest.base.ts";

export default project("@sluice/readiness", { include: ["packages/readiness/test/**/*.test.ts"] });
