import { faultKinds } from "@sluice/emulator";
import { readFileSync } from "node:fs";
import { assert, it } from "vitest";

it("the README names every fault", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  for (const kind of faultKinds) assert.include(readme, `\`${kind}\``);
});
