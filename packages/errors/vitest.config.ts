import { project } from "../../vitest.base.ts";

export default project("@sluice/errors", { include: ["packages/errors/test/**/*.test.ts"] });
