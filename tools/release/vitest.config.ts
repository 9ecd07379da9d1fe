import { project } from "../../vitest.base.ts";

// These tests pack and install packages, and start Node and Nx; a step of that takes seconds, on a busy machine many.
export default project("tools-release", {
  include: ["tools/release/test/**/*.test.ts"],
  testTimeout: 120_000,
  hookTimeout: 300_000,
});
