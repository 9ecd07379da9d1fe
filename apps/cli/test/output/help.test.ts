import { assert, describe, it } from "vitest";
import { sluice } from "../sluice.ts";
import { large, onTerminal, small } from "../terminal.ts";

describe("a command's help", () => {
  it("begins with what it is and examples, and goes to stdout", async () => {
    const { code, stdout, stderr } = await sluice(["config", "list", "--help"]);
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.match(
      stdout,
      /^Every setting, and where it comes from\n\nEXAMPLES\n {2}sluice config list --origin\n\nUSAGE\n/,
    );
    for (const part of ["FLAGS\n      --origin", "EVERYWHERE\n  -h, --help"]) assert.include(stdout, part);
  });

  it.each([small, large])("keeps within $columns columns", async (size) => {
    const { text } = await onTerminal(["--help"], {}, size);
    for (const line of text.split("\n")) assert.isAtMost(line.length, Math.min(size.columns, 100));
  });

  it("is coloured on a terminal alone", async () => {
    const { raw, text } = await onTerminal(["config", "--help"], {}, large);
    assert.include(raw, "\u001B[1mUSAGE");
    const { stdout } = await sluice(["config", "--help"]);
    assert.strictEqual(stdout.trimEnd(), text);
    const forced = await sluice(["config", "--help"], { FORCE_COLOR: "1" });
    assert.include(forced.stdout, "\u001B[1mUSAGE");
  });
});
