import { project } from "../../vitest.base.ts";

export default project("@sluice/core", { include: ["packages/core/test/**/*.test.ts"] });
