import { startEmulator } from "@sluice/emulator";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { needsYes } from "../src/generate/approval.ts";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";
import { openTerminal, small } from "./terminal.ts";

const dear = { SLUICE_CONFIRM_ABOVE: "0.00001", NO_COLOR: "1" };
const question = "? It would cost $0.0001. Go on? [y/N]";

describe("a dear call", () => {
  const setUp = async () => {
    const emulator = await startEmulator({});
    const args = ["gen", "t2i", "fox", "--seed", "7", "-W", "64", "-H", "64", "-g", emulator.url];
    return { emulator, args };
  };

  it("in a pipe is refused with 9, and nothing is sent", async () => {
    const { emulator, args } = await setUp();
    await using _ = emulator;
    const { code, stdout, stderr } = await sluice(args, dear);
    assert.strictEqual(code, 9);
    assert.strictEqual(stdout, "");
    assert.include(
      stderr,
      "estimate   0.00 MP × $0.019/MP = $0.0001\n✗ SLUICE-CONFIRM  this text-to-image call would cost",
    );
    assert.include(stderr, "Say --yes");
    const outcome = resultOf(await sluice([...args, "--json"], dear));
    assert.deepInclude(outcome, { code: "SLUICE-CONFIRM", attempts: [], files: [] });
    assert.deepInclude(outcome["cost"], { usd: "0.000077824" });
    assert.isEmpty(emulator.journal());
  });

  it("is made with --yes, and with a limit that is typed", async () => {
    const { emulator, args } = await setUp();
    await using _ = emulator;
    using folder = temporaryFolder();
    const yes = await sluice([...args, "-o", folder.path, "--yes"], dear);
    const limited = await sluice([...args, "-o", folder.path, "--max-cost", "1"], dear);
    assert.deepStrictEqual([yes.code, limited.code], [0, 0]);
    assert.lengthOf(yes.stderr.match(/estimate/g) ?? [], 1);
  });

  it("on a terminal is asked about: no sends nothing, yes goes on", async () => {
    const { emulator, args } = await setUp();
    await using _ = emulator;
    using folder = temporaryFolder();
    const at = { ...small, cwd: folder.path };
    const refused = openTerminal([...args, "-o", "out"], dear, at);
    await refused.shows(question);
    refused.type("\r");
    assert.strictEqual(await refused.ended, 9);
    assert.include(refused.text(), "SLUICE-CONFIRM");
    assert.isEmpty(emulator.journal());

    const agreed = openTerminal([...args, "-o", "out"], dear, at);
    await agreed.shows(question);
    agreed.type("y\r");
    assert.strictEqual(await agreed.ended, 0);
    assert.include(agreed.text(), `\n✔ 1 image  `);
    assert.isTrue(agreed.text().endsWith(`\n${join("out", "fox-7.png")}`));
  });

  it("on a terminal can be left with Ctrl-C", async () => {
    const { emulator, args } = await setUp();
    await using _ = emulator;
    const screen = openTerminal(args, dear);
    await screen.shows(question);
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 130);
    assert.include(screen.text(), "■ interrupted");
    assert.isEmpty(emulator.journal());
  });
});

describe("a yes is needed", () => {
  const table = [
    ["above the limit", "0.26", "usage", true],
    ["not at the limit", "0.25", "usage", false],
    ["for what nobody knows", "unknown", "usage", true],
    ["not at a gateway that charges nothing", "9", "nothing", false],
    ["not there for what nobody knows either", "unknown", "nothing", false],
  ] as const;
  it.each(table)("%s", (_, usd, charges, expected) => {
    assert.strictEqual(needsYes({ usd, charges }, "0.25"), expected);
  });
});
