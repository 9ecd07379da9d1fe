import { PassThrough } from "node:stream";
import { assert, describe, it, vi } from "vitest";
import { failed } from "../../src/failures/Failed.ts";
import { readGlobals } from "../../src/globals.ts";
import { makeOutput } from "../../src/output/Output.ts";

/** An output whose streams are read; `isTTY`: a person sits before it. */
const listen = ({ args = [] as ReadonlyArray<string>, env = {}, isTTY = false } = {}) => {
  const stream = () => {
    const through = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    const pieces: Array<string> = [];
    through.on("data", (piece: Buffer) => pieces.push(piece.toString()));
    return { through, text: () => pieces.join("") };
  };
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const streams = { stdin: stdin.through, stdout: stdout.through, stderr: stderr.through, env };
  const output = makeOutput(readGlobals(args, env), () => "models list", streams as unknown as NodeJS.Process);
  return { output, stdout: stdout.text, stderr: stderr.text };
};

const speak = ({ output }: ReturnType<typeof listen>): void => {
  output.note("a note");
  output.product("the product\n");
  output.event({ type: "tick" });
  output.done({ message: "well", units: 12n });
};

describe("what a command says", () => {
  it("is its product on stdout and notes on stderr", () => {
    const heard = listen();
    speak(heard);
    assert.deepEqual([heard.stdout(), heard.stderr()], ["the product\n", "a note\n"]);
  });

  it("is no note with --quiet, by either name and before -- alone", () => {
    for (const [args, note] of [
      [["-q"], ""],
      [["--quiet"], ""],
      [["--quiet=true"], ""],
      [["--quiet=false"], "a note\n"],
      [["--", "--quiet"], "a note\n"],
    ] as const) {
      const heard = listen({ args });
      speak(heard);
      assert.deepEqual([heard.stdout(), heard.stderr()], ["the product\n", note]);
    }
  });

  it("is JSON alone with --json: events, then the result, integers as numbers", () => {
    const heard = listen({ args: ["--json"] });
    speak(heard);
    assert.strictEqual(heard.stderr(), "");
    assert.deepEqual(
      heard
        .stdout()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
      [
        { type: "tick" },
        { type: "result", command: "models list", ok: true, code: "OK", fix: null, message: "well", units: 12 },
      ],
    );
  });

  it("is a failure with its cause, its fix and its link, on stderr or as the result", () => {
    const failure = failed("SLUICE-FINDINGS", { message: "2 keys found", lines: ["a.ts:1"], detail: { findings: 2 } });
    const text = listen();
    text.output.failed(failure);
    const docs = "https://github.com/livepeer/sluice/blob/main/docs/cli-errors.md#sluice-findings";
    assert.strictEqual(
      text.stderr(),
      `✗ SLUICE-FINDINGS  2 keys found\n  a.ts:1\n  fix       ${failure.fix}\n  docs      ${docs}\n`,
    );
    const json = listen({ args: ["--json"] });
    json.output.failed(failure);
    assert.deepInclude(JSON.parse(json.stdout()) as object, { ok: false, docsUrl: docs, findings: 2 });
  });
});

describe("a terminal", () => {
  it("is not moved by what others wrote, and a pipe gets it as it is", () => {
    const evil = "text\u001B]0;title\u0007\n";
    const [terminal, pipe] = [listen({ isTTY: true }), listen()];
    for (const { output } of [terminal, pipe]) output.product(evil);
    assert.deepEqual([terminal.stdout(), pipe.stdout()], ["text\uFFFD]0;title\uFFFD\n", evil]);
    terminal.output.note("\u001B[2J");
    assert.strictEqual(terminal.stderr(), "\uFFFD[2J\n");
    terminal.output.draw("\u001B_G\u001B\\");
    assert.include(terminal.stdout(), "\u001B_G\u001B\\");
  });

  it("is coloured but for --no-color, NO_COLOR and TERM=dumb", () => {
    const bold = (listened: ReturnType<typeof listen>) => listened.output.style.bold("x");
    assert.strictEqual(bold(listen({ isTTY: true })), "\u001B[1mx\u001B[22m");
    assert.strictEqual(bold(listen()), "x");
    assert.strictEqual(bold(listen({ isTTY: true, args: ["--no-color"] })), "x");
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      assert.strictEqual(bold(listen({ isTTY: true, env })), "x");
    assert.strictEqual(bold(listen({ isTTY: true, env: { NO_COLOR: "" } })), "\u001B[1mx\u001B[22m");
  });

  it("may be asked, but for --no-input, --json and CI", () => {
    assert.isTrue(listen({ isTTY: true }).output.asks);
    assert.isFalse(listen().output.asks);
    for (const args of [["--no-input"], ["--json"]]) assert.isFalse(listen({ isTTY: true, args }).output.asks);
    assert.isFalse(listen({ isTTY: true, env: { CI: "true" } }).output.asks);
  });

  it("has one line that turns, gives way to notes and is gone at the end", () => {
    vi.useFakeTimers();
    const heard = listen({ isTTY: true, args: ["--no-color"] });
    heard.output.status("working");
    vi.advanceTimersByTime(80);
    heard.output.note("a note");
    heard.output.status(undefined);
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    const erase = "\r\u001B[2K";
    assert.strictEqual(heard.stderr(), `⠋ working${erase}⠙ working${erase}a note\n⠙ working${erase}`);
  });

  it("is not drawn upon in a pipe, in CI, or quietly", () => {
    for (const circumstances of [{}, { isTTY: true, env: { CI: "1" } }, { isTTY: true, args: ["-q"] }]) {
      const heard = listen(circumstances);
      heard.output.status("working");
      heard.output.status(undefined);
      assert.strictEqual(heard.stderr(), "");
    }
  });
});
