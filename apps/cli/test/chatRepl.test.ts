import { startEmulator } from "@sluice/emulator";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { large, openTerminal } from "./terminal.ts";

const messagesOf = ({ body }: { readonly body?: unknown }) =>
  (body as { readonly messages: ReadonlyArray<{ readonly content: string }> }).messages.map(({ content }) => content);

const talk = (url: string, args: ReadonlyArray<string> = [], env: NodeJS.ProcessEnv = {}) =>
  openTerminal(["chat", "-g", url, ...args], env, large);

describe("a conversation on a terminal", () => {
  it("keeps what was said, forgets it with /reset, and ends with /exit", async () => {
    await using emulator = await startEmulator({});
    const screen = talk(emulator.url, ["--system", "Be brief"]);
    await screen.shows("/help for commands");
    screen.type("one\r");
    await screen.shows(/You said: one\n9 tokens/);
    screen.type("two\r");
    await screen.shows(/You said: two\n9 tokens/);
    screen.type("/reset\r");
    await screen.shows("Forgotten");
    screen.type("three\r");
    await screen.shows(/You said: three\n9 tokens/);
    screen.type("/exit\r");
    assert.strictEqual(await screen.ended, 0);
    const echo = "There is no language model here. You said: one";
    assert.deepStrictEqual(emulator.journal().map(messagesOf), [
      ["Be brief", "one"],
      ["Be brief", "one", echo, "two"],
      ["Be brief", "three"],
    ]);
    assert.include(screen.text(), "3 answers");
  });

  it("knows its commands, and suggests one for a typo", async () => {
    await using emulator = await startEmulator({});
    const screen = talk(emulator.url);
    await screen.shows("/help for commands");
    screen.type("/help\r");
    await screen.shows("/save    <file>");
    screen.type("/rset\r");
    await screen.shows("There is no /rset. Did you mean /reset?");
    screen.type("/system You are a pirate\r");
    await screen.shows("From the next answer on.");
    screen.type("ahoy\r");
    await screen.shows(/You said: ahoy\n/);
    screen.type("\u0004");
    assert.strictEqual(await screen.ended, 0);
    assert.deepStrictEqual(emulator.journal().map(messagesOf), [["You are a pirate", "ahoy"]]);
  });

  it("saves the conversation, and replaces no file", async () => {
    await using emulator = await startEmulator({});
    const folder = mkdtempSync(join(tmpdir(), "sluice-talk-"));
    try {
      const file = join(folder, "talk.md");
      const screen = talk(emulator.url);
      await screen.shows("/help for commands");
      screen.type(`/save ${file}\r`);
      await screen.shows("Nothing was said yet.");
      screen.type("hello\r");
      await screen.shows(/You said: hello\n/);
      screen.type(`/save ${file}\r`);
      await screen.shows("Saved to");
      screen.type(`/save ${file}\r`);
      await screen.shows("is there already");
      screen.type("\u0004");
      assert.strictEqual(await screen.ended, 0);
      const saved = "**You**\n\nhello\n\n**Model**\n\nThere is no language model here. You said: hello\n";
      assert.strictEqual(readFileSync(file, "utf8"), saved);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("stops an answer with Ctrl-C and goes on; twice at the prompt ends it", async () => {
    const faults = [{ kind: "slow-tokens", ms: 60_000, times: 1 }] as const;
    await using emulator = await startEmulator({ faults });
    const screen = talk(emulator.url);
    await screen.shows("/help for commands");
    screen.type("long\r");
    await screen.shows(/^There/m);
    screen.type("\u0003");
    await screen.shows("■ stopped");
    screen.type("short\r");
    await screen.shows(/You said: short\n/);
    assert.deepStrictEqual(
      emulator.journal().map(({ end }) => end),
      ["aborted", "answered"],
    );
    screen.type("\u0003");
    await screen.shows("Ctrl-C again ends");
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 0);
  });

  it("goes on after a failure, without what had failed", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "stream-truncated", tokens: 2, times: 1 }] });
    const screen = talk(emulator.url);
    await screen.shows("/help for commands");
    screen.type("first\r");
    await screen.shows("SLUICE-502-STREAM-TRUNCATED");
    screen.type("second\r");
    await screen.shows(/You said: second\n/);
    screen.type("/exit\r");
    assert.strictEqual(await screen.ended, 0);
    assert.deepStrictEqual(emulator.journal().map(messagesOf), [["first"], ["second"]]);
  });

  it("asks once before answers that are dear", async () => {
    await using emulator = await startEmulator({});
    const env = { SLUICE_CONFIRM_ABOVE: "0.00001" };
    const refused = talk(emulator.url, [], env);
    await refused.shows("[y/N]");
    refused.type("n\r");
    assert.strictEqual(await refused.ended, 9);
    const screen = talk(emulator.url, [], env);
    await screen.shows("[y/N]");
    screen.type("y\r");
    await screen.shows("/help for commands");
    screen.type("one\r");
    await screen.shows(/You said: one\n/);
    screen.type("/exit\r");
    assert.strictEqual(await screen.ended, 0);
  });

  it("is none with --no-input: it says what to do instead", async () => {
    const screen = talk("http://127.0.0.1:9", ["--no-input"]);
    assert.strictEqual(await screen.ended, 2);
    assert.include(screen.text(), "there is nothing to say");
  });
});
