import { project } from "../../vitest.base.ts";

export default project("@sluice/models", { include: ["packages/models/test/**/*.test.ts"] });
