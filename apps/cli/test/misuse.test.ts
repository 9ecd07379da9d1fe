import { assert, describe, it } from "vitest";
import { resultOf, sluice } from "./sluice.ts";

describe("a command line that cannot be read ends with 2,", () => {
  const table: ReadonlyArray<readonly [string, ReadonlyArray<string>, string, string]> = [
    ["a typo", ["confi"], '"confi" is no command of sluice', "Did you mean `sluice config`? Else see `sluice --help`."],
    [
      "a typo in a group",
      ["config", "lst"],
      '"lst" is no command of sluice config',
      "Did you mean `sluice config list`? Else see `sluice config --help`.",
    ],
    [
      "a typo in a flag",
      ["config", "list", "--orign"],
      "--orign is no flag of sluice config list",
      "Did you mean `--origin`? Else see `sluice config list --help`.",
    ],
    ["nothing like it", ["frobnicate"], '"frobnicate" is no command of sluice', "See `sluice --help`."],
    ["no argument", ["config", "get"], "Missing required argument: setting", "See `sluice config get --help`."],
  ];
  it.each(table)("names %s and what was meant", async (_, args, message, fix) => {
    const { code, stdout, stderr } = await sluice(args);
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    const docs = "https://github.com/livepeer/sluice/blob/main/docs/cli-errors.md#sluice-usage";
    assert.strictEqual(stderr, `✗ SLUICE-USAGE  ${message}\n  fix       ${fix}\n  docs      ${docs}\n`);
  });

  it("in JSON when JSON was asked for, by the flag or the environment", async () => {
    const byFlag = await sluice(["confi", "--json"]);
    const byEnvironment = await sluice(["confi"], { SLUICE_OUTPUT: "json" });
    assert.strictEqual(byFlag.code, 2);
    assert.strictEqual(byFlag.stderr, "");
    assert.deepInclude(resultOf(byFlag), { type: "result", command: "", ok: false, code: "SLUICE-USAGE" });
    assert.deepEqual(byEnvironment, byFlag);
  });
});

describe("a group without a command", () => {
  it("shows its help to a person", async () => {
    const { code, stdout } = await sluice(["config"]);
    assert.strictEqual(code, 0);
    assert.include(stdout, "COMMANDS\n  list");
  });

  it("is a mistake of a program", async () => {
    const ended = await sluice(["config", "--json"]);
    assert.strictEqual(ended.code, 2);
    assert.deepInclude(resultOf(ended), { code: "SLUICE-USAGE", message: "`sluice config` needs a command" });
  });
});
