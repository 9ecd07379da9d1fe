import { project } from "../../vitest.base.ts";

export default project("@sluice/emulator", { include: ["packages/emulator/test/**/*.test.ts"] });
