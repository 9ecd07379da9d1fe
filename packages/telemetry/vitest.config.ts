import { project } from "../../vitest.base.ts";

export default project("@sluice/telemetry", { include: ["packages/telemetry/test/**/*.test.ts"] });
