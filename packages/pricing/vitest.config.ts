import { project } from "../../vitest.base.ts";

export default project("@sluice/pricing", { include: ["packages/pricing/test/**/*.test.ts"] });
