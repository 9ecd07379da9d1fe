import { startEmulator } from "@sluice/emulator";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { ended, environment, eventsOf, main, resultOf, sluice, start } from "./sluice.ts";
import { large, onTerminal } from "./terminal.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

const reply = "There is no language model here. You said:";

/** What the gateway was asked, of each request. */
const askedOf = (journal: ReadonlyArray<{ readonly body?: unknown }>) =>
  journal.map(({ body }) => body as { readonly messages: ReadonlyArray<object>; readonly [field: string]: unknown });

describe("sluice chat in a pipe", () => {
  it("prints the answer alone on stdout, and a line about it on stderr", async () => {
    await using emulator = await startEmulator({ firstTokenMs: 20, tokenMs: 5 });
    const { code, stdout, stderr } = await sluice(["chat", "Good morning", "--max-tokens", "80", "-g", emulator.url]);
    assert.strictEqual(stdout, `${reply} Good morning\n`);
    assert.match(
      stderr,
      /^10 tokens · first text \d\.\d\d s · \d+ tokens\/s · billed on max_tokens=80 · \$0\.0000064\n$/,
    );
    assert.strictEqual(code, 0);
  });

  it("sends what the flags say", async () => {
    const choice = ["--model", "google/gemma-2-9b-it", "--temperature", "0.2", "--top-p", "0.5", "--top-k", "40"];
    const model = { "google/gemma-2-9b-it": { state: "warm" } } as const;
    await using emulator = await startEmulator({ models: model });
    const { code } = await sluice(["chat", "Hi", "--system", "You are terse", ...choice, "-g", emulator.url, "-q"]);
    assert.strictEqual(code, 0);
    assert.deepInclude(askedOf(emulator.journal())[0], {
      messages: [
        { role: "system", content: "You are terse" },
        { role: "user", content: "Hi" },
      ],
      ...{ model: "google/gemma-2-9b-it", temperature: 0.2, top_p: 0.5, top_k: 40, stream: true },
    });
  });

  it("adds what is piped in to the message behind -, and takes it for the message without one", async () => {
    await using emulator = await startEmulator({});
    const stdin = "milk\neggs\n";
    const added = await sluice(["chat", "Summarise", "-", "-g", emulator.url], {}, { stdin });
    const alone = await sluice(["chat", "-g", emulator.url], {}, { stdin });
    const dash = await sluice(["chat", "-", "-g", emulator.url], {}, { stdin });
    assert.deepStrictEqual(
      askedOf(emulator.journal()).map(({ messages }) => messages),
      ["Summarise\n\nmilk\neggs", "milk\neggs", "milk\neggs"].map((content) => [{ role: "user", content }]),
    );
    assert.deepStrictEqual([added.code, alone.code, dash.code], [0, 0, 0]);
    assert.strictEqual(alone.stdout, `${reply} milk\neggs\n`);
    const other = await sluice(["chat", "Summarise", "notes.txt", "-g", emulator.url]);
    assert.strictEqual(other.code, 2);
  });

  it("leaves stdin alone beside a message: a pipe may stay open, and a loop's lines are the loop's", async () => {
    await using emulator = await startEmulator({});
    const args = ["chat", "Hi", "-g", emulator.url, "-q"];
    const open = spawn(process.execPath, [main, ...args], { env: environment(), stdio: ["pipe", "pipe", "pipe"] });
    assert.deepInclude(await ended(open), { code: 0, stdout: `${reply} Hi\n` });
    const loop = `while read -r word; do "$@" "$word" -q -g ${emulator.url}; done`;
    const looping = spawn("sh", ["-c", loop, "sh", process.execPath, main, "chat"], { env: environment() });
    looping.stdin.end("one\ntwo\n");
    assert.strictEqual((await ended(looping)).stdout, `${reply} one\n${reply} two\n`);
  });

  it("has nothing to say without a message and without stdin", async () => {
    for (const stdin of [undefined, "\n"]) {
      const { code, stdout, stderr } = await sluice(["chat"], {}, stdin === undefined ? {} : { stdin });
      assert.strictEqual(code, 2);
      assert.strictEqual(stdout, "");
      assert.match(stderr, /^✗ SLUICE-USAGE {2}there is nothing to say/);
    }
  });

  it("prints each piece and then one result with --json", async () => {
    await using emulator = await startEmulator({});
    const ended = await sluice(["chat", "Hi", "-g", emulator.url, "--json"]);
    const events = eventsOf(ended);
    assert.strictEqual(ended.code, 0);
    assert.strictEqual(ended.stderr, "");
    const texts = events.filter(({ type }) => type === "text").map(({ text }) => text);
    assert.strictEqual(texts.join(""), `${reply} Hi`);
    assert.isAbove(texts.length, 5);
    assert.deepStrictEqual(
      events.filter(({ type }) => type !== "text").map(({ type }) => type),
      ["call-started", "attempt-started", "attempt-ended", "call-ended"],
    );
    const result = resultOf(ended);
    assert.deepInclude(result, { ok: true, text: `${reply} Hi`, finish_reason: "stop", gateway: emulator.url });
    assert.deepInclude(result, { usage: { completion_tokens: 9, prompt_tokens: 1, total_tokens: 10 } });
    assert.strictEqual((result["cost"] as { readonly usd: string }).usd, "0.00002048");
  });

  it("asks for the whole answer with --no-stream", async () => {
    await using emulator = await startEmulator({});
    const ended = await sluice(["chat", "Hi", "--no-stream", "-g", emulator.url, "--json"]);
    assert.strictEqual(askedOf(emulator.journal())[0]?.["stream"], false);
    assert.deepInclude(resultOf(ended), { text: `${reply} Hi`, firstTextMs: null });
    const { stderr } = await sluice(["chat", "Hi", "--no-stream", "-g", emulator.url]);
    assert.match(stderr, /^9 tokens · whole after \d\.\d\d s/);
  });

  it("keeps the text of a stream that breaks off, and fails with 7", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "stream-truncated", tokens: 3 }] });
    const { code, stdout, stderr } = await sluice(["chat", "Hi", "-g", emulator.url]);
    assert.strictEqual(stdout, "There is no\n");
    assert.strictEqual(code, 7);
    assert.match(stderr, /^✗ SLUICE-502-STREAM-TRUNCATED {2}.*after 3 pieces of text/);
    const json = await sluice(["chat", "Hi", "-g", emulator.url, "--json"]);
    assert.deepInclude(resultOf(json), { ok: false, code: "SLUICE-502-STREAM-TRUNCATED", text: "There is no" });
    assert.strictEqual(json.code, 7);
  });

  it("says that it waits for a rate limit, and ends with 6 when the time is over", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "rate-limited", retryAfter: "1", times: 1 }] });
    const waited = await sluice(["chat", "Hi", "-g", emulator.url]);
    assert.strictEqual(waited.code, 0);
    assert.match(waited.stderr, /^ {2}attempt 1 {2}429 after \d\.\d s {2}SLUICE-429-\S+ {2}next try in \d/);
    await using strict = await startEmulator({ faults: [{ kind: "rate-limited", retryAfter: "60" }] });
    const { code, stdout } = await sluice(["chat", "Hi", "-g", strict.url, "--timeout", "2s"]);
    assert.strictEqual(stdout, "");
    assert.strictEqual(code, 6);
  });

  it("says once that Studio buffers answers", async () => {
    await using emulator = await startEmulator({ dialect: "studio" });
    const env = { LIVEPEER_API_KEY: "00000000-0000-4000-8000-000000000000", SLUICE_GATEWAY_URL: emulator.url };
    const { stderr } = await sluice(["chat", "Hi", "-g", "livepeer-studio"], env);
    assert.strictEqual(stderr.split("livepeer-studio buffers answers").length, 2);
  });

  it("asks before it is dear: where nobody can answer, it fails; --yes and --max-cost are answers", async () => {
    await using emulator = await startEmulator({});
    const args = ["chat", "Hi", "-g", emulator.url];
    const env = { SLUICE_CONFIRM_ABOVE: "0.00001" };
    const refused = await sluice(args, env);
    assert.strictEqual(refused.code, 9);
    assert.match(refused.stderr, /^✗ SLUICE-CONFIRM {2}An answer may cost/);
    assert.lengthOf(emulator.journal(), 0);
    const granted = [["-y"], ["--max-cost", "1"], ["--max-cost", "0.00001"]];
    const ended = await Promise.all(granted.map((flags) => sluice([...args, ...flags], env)));
    assert.deepStrictEqual(
      ended.map(({ code }) => code),
      [0, 0, 9],
    );
    assert.lengthOf(emulator.journal(), 2);
  });

  it("sends nothing with --dry-run, and shows what it would", async () => {
    await using emulator = await startEmulator({});
    const args = ["chat", "Hi", "-n", "--max-tokens", "9", "-g", emulator.url];
    const { code, stdout, stderr } = await sluice(args);
    assert.strictEqual(code, 0);
    assert.deepInclude(JSON.parse(stdout), { messages: [{ role: "user", content: "Hi" }], max_tokens: 9 });
    assert.include(stderr, `would send POST ${emulator.url}/llm\n`);
    assert.include(stderr, "9 tokens at most × $0.08/M tokens = $0.00000072");
    assert.deepInclude(resultOf(await sluice([...args, "--json"])), { dryRun: true, url: `${emulator.url}/llm` });
    assert.lengthOf(emulator.journal(), 0);
  });

  it("names the field of a request that no gateway takes", async () => {
    const { code, stderr } = await sluice(["chat", "Hi", "--temperature", "3", "-g", "http://127.0.0.1:9"]);
    assert.strictEqual(code, 5);
    assert.include(stderr, "temperature");
  });

  it("ends with 130 when it is interrupted, hangs up, and keeps what had come", async () => {
    await using emulator = await startEmulator({ firstTokenMs: 5, tokenMs: 60_000 });
    const child = start(["chat", "Hi", "-g", emulator.url]);
    const end = ended(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGINT");
    const { code, stdout, stderr } = await end;
    assert.strictEqual(code, 130);
    assert.strictEqual(stdout, "There\n");
    assert.include(stderr, "SLUICE-499-ABORTED");
    while (emulator.journal()[0]?.end === "open") await turn();
    assert.strictEqual(emulator.journal()[0]?.end, "aborted");
  });
});

describe("sluice chat on a terminal", () => {
  it("prints the answer, then the line about it, dim", async () => {
    await using emulator = await startEmulator({ firstTokenMs: 20 });
    const { code, text, raw } = await onTerminal(["chat", "Hello", "-g", emulator.url], {}, large);
    assert.strictEqual(code, 0);
    assert.match(text, /^There is no language model here\. You said: Hello\n9 tokens · first text/);
    assert.include(raw, "\u001B[2m9 tokens");
    const plain = await onTerminal(["chat", "Hello", "-g", emulator.url, "--no-color"], {}, large);
    assert.notInclude(plain.raw, "\u001B[2m");
  });

  it("reads a gateway's file with its own prices", async () => {
    await using emulator = await startEmulator({});
    const folder = mkdtempSync(join(tmpdir(), "sluice-chat-"));
    try {
      const rates = [{ pipeline: "llm", unit: "token", price: "1", per: 1_000_000 }];
      const acme = { name: "acme", baseUrl: emulator.url, prices: { source: "ours", asOf: "2026-11-01", rates } };
      writeFileSync(join(folder, "acme.json"), JSON.stringify(acme));
      const args = ["chat", "Hello", "--max-tokens", "100", "-g", join(folder, "acme.json")];
      const { code, text } = await onTerminal(args, {}, large);
      assert.strictEqual(code, 0);
      assert.include(text, "billed on max_tokens=100 · $0.0001");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
