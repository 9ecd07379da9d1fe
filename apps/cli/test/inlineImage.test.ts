import { startEmulator } from "@sluice/emulator";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { inlineImage, type Preview, type Protocol, protocolOf } from "../src/generate/inlineImage.ts";
import { temporaryFolder } from "./folder.ts";
import { onTerminal, small } from "./terminal.ts";

describe("the protocol of a terminal", () => {
  const table: ReadonlyArray<readonly [Preview, NodeJS.ProcessEnv, isTerminal: boolean, Protocol | undefined]> = [
    ["auto", { KITTY_WINDOW_ID: "1" }, true, "kitty"],
    ["auto", { TERM: "xterm-kitty" }, true, "kitty"],
    ["auto", { TERM: "xterm-ghostty" }, true, "kitty"],
    ["auto", { TERM_PROGRAM: "ghostty" }, true, "kitty"],
    ["auto", { TERM_PROGRAM: "iTerm.app" }, true, "iterm2"],
    ["auto", { TERM_PROGRAM: "WezTerm" }, true, "iterm2"],
    ["auto", { TERM_PROGRAM: "vscode" }, true, "iterm2"],
    ["auto", { TERM_PROGRAM: "mintty" }, true, "iterm2"],
    ["auto", { TERM_PROGRAM: "Apple_Terminal", TERM: "xterm-256color" }, true, undefined],
    ["auto", { TERM_PROGRAM: "toString" }, true, undefined],
    ["auto", {}, true, undefined],
    ["auto", { KITTY_WINDOW_ID: "1", TMUX: "/tmp/tmux" }, true, undefined],
    ["auto", { KITTY_WINDOW_ID: "1", STY: "1.pts" }, true, undefined],
    ["auto", { KITTY_WINDOW_ID: "1", TERM: "screen-256color" }, true, undefined],
    ["auto", { TERM_PROGRAM: "iTerm.app", CI: "true" }, true, undefined],
    ["auto", { KITTY_WINDOW_ID: "1" }, false, undefined],
    ["kitty", { TMUX: "/tmp/tmux" }, true, "kitty"],
    ["iterm2", {}, true, "iterm2"],
    ["iterm2", {}, false, undefined],
    ["none", { KITTY_WINDOW_ID: "1" }, true, undefined],
  ];
  it.each(table)("with %s and %o (a terminal: %s) is %s", (preview, env, isTerminal, expected) => {
    assert.strictEqual(protocolOf(preview, env, isTerminal), expected);
  });
});

describe("an image as escape sequences", () => {
  const signature = Buffer.from("\u0089PNG\r\n\u001A\n", "latin1");

  it("is one piece of kitty's protocol when it is short", () => {
    assert.strictEqual(inlineImage("kitty", signature), "\u001B_Ga=T,f=100,q=2,m=0;iVBORw0KGgo=\u001B\\");
  });

  it("is several pieces of at most 4096 letters when it is long", () => {
    // 3072 bytes are 4096 letters.
    const bytes = Buffer.concat([signature, Buffer.alloc(2 * 3_072 - signature.length + 1)]);
    const data = bytes.toString("base64");
    assert.strictEqual(
      inlineImage("kitty", bytes),
      [
        `\u001B_Ga=T,f=100,q=2,m=1;${data.slice(0, 4_096)}\u001B\\`,
        `\u001B_Gm=1;${data.slice(4_096, 8_192)}\u001B\\`,
        `\u001B_Gm=0;${data.slice(8_192)}\u001B\\`,
      ].join(""),
    );
    assert.lengthOf(data.slice(8_192), 4);
  });

  it("is not shown by kitty's protocol when it is no PNG", () => {
    assert.isUndefined(inlineImage("kitty", Buffer.of(0xff, 0xd8, 0xff)));
  });

  it("is not shown by iTerm2's protocol, which takes any file, when it is no image", () => {
    for (const head of ["RIFF\0\0\0\0WAVE", "\0\0\0 ftypisom"]) {
      assert.isUndefined(inlineImage("iterm2", Buffer.from(head, "latin1")));
    }
  });

  it("is one sequence of iTerm2's, whatever its format", () => {
    assert.strictEqual(
      inlineImage("iterm2", Buffer.of(0xff, 0xd8, 0xff)),
      "\u001B]1337;File=inline=1;size=3;width=auto;preserveAspectRatio=1:/9j/\u0007",
    );
  });
});

it("on a terminal that can draw, the image stands before its path; elsewhere there is the path alone", async () => {
  await using emulator = await startEmulator({});
  using folder = temporaryFolder();
  const args = ["gen", "t2i", "fox", "--seed", "7", "-W", "64", "-H", "64", "-g", emulator.url];
  const at = { ...small, cwd: folder.path };
  const drawn = await onTerminal(args, { TERM: "xterm-kitty" }, at);
  const path = join("out", "fox-7.png");
  const image = inlineImage("kitty", readFileSync(join(folder.path, path))) ?? "";
  assert.include(drawn.raw, `${image}\r\n${path}\r\n`);
  assert.strictEqual(drawn.code, 0);
  const plain = await onTerminal([...args, "--preview", "none"], { TERM: "xterm-kitty" }, at);
  assert.notInclude(plain.raw, "\u001B_G");
  assert.isTrue(plain.text.endsWith(join("out", "fox-7-2.png")));
});

it("speech is not drawn, even on a terminal that takes any file", async () => {
  await using emulator = await startEmulator({});
  using folder = temporaryFolder();
  const at = { ...small, cwd: folder.path };
  const { raw, code } = await onTerminal(
    ["gen", "tts", "Hello", "-o", "a.wav", "-g", emulator.url],
    { TERM_PROGRAM: "iTerm.app" },
    at,
  );
  assert.strictEqual(code, 0);
  assert.notInclude(raw, "\u001B]1337");
});
