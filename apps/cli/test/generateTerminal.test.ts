/** `sluice generate` as a person sees it. */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { defaultModel } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { large, onTerminal, openTerminal } from "./terminal.ts";

const model = defaultModel("text-to-image");
const args = (url: string) => ["gen", "t2i", "fox", "--seed", "7", "-W", "512", "-H", "512", "-g", url];

const cold = (meanwhile: "503" | "hold", loadMs: number): EmulatorSettings => ({
  models: { [model]: { state: "cold", loadMs, meanwhile } },
});

describe("on a terminal, sluice generate", () => {
  it("leaves the story and the path, and nothing of its live line", async () => {
    await using emulator = await startEmulator(cold("503", 500));
    using folder = temporaryFolder();
    const { code, text, raw } = await onTerminal(args(emulator.url), {}, { ...large, cwd: folder.path });
    assert.strictEqual(code, 0);
    assert.match(
      text,
      new RegExp(
        [
          `^  text-to-image  ${model}`,
          `  gateway    ${emulator.url}`,
          "  estimate   0\\.26 MP × \\$0\\.019/MP = \\$0\\.0050",
          "(  attempt \\d  503 after .*|             http.*|\n)+",
          "✔ 1 image  \\d\\.\\d s  \\d attempts  \\$0\\.004980736 \\(\\$0\\.0050\\)  seed 7  nsfw no",
          "out/fox-7\\.png$",
        ].join("\n"),
      ),
    );
    assert.include(raw, "\u001B[32m✔\u001B[39m");
    assert.include(raw, "waiting for the next attempt");
  });

  it("tells a failure in colour, and what to do", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "unauthorized" }] });
    const { code, text, raw } = await onTerminal(args(emulator.url), {}, large);
    assert.strictEqual(code, 4);
    assert.include(raw, "\u001B[31m✗\u001B[39m \u001B[1mSLUICE-401-UNAUTHORIZED\u001B[22m");
    assert.match(text, /\n {2}attempts {2}1 \(401\) {3}req_\w+\n {2}fix {7}\S.*\n {2}docs {6}https:\S+$/);
  });

  it("shows how long an attempt takes, and ends with Ctrl-C", async () => {
    await using emulator = await startEmulator(cold("hold", 600_000));
    const screen = openTerminal(args(emulator.url), {}, large);
    await screen.shows(`text-to-image on ${emulator.url}  0.`);
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 130);
    assert.match(screen.text(), /\n(\^C)?■ interrupted; the attempt under way may be billed$/);
  });

  it("does not write bytes to it", async () => {
    await using emulator = await startEmulator({});
    const { code, text } = await onTerminal([...args(emulator.url), "-o", "-"], {}, large);
    assert.strictEqual(code, 2);
    assert.include(text, "`-o -` writes bytes, and stdout is a terminal");
    assert.isEmpty(emulator.journal());
  });

  it("does not read a file from it", async () => {
    const { code, text } = await onTerminal(["gen", "i2t", "-", "-g", "http://127.0.0.1:9"], {}, large);
    assert.strictEqual(code, 2);
    assert.include(text, "`-` reads standard input, which is a terminal here");
  });
});
