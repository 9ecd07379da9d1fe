/** When a drill cannot be held, or is stopped. */
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it, onTestFinished } from "vitest";
import { drill, DrillFailed, type DrillOptions } from "../../src/drill/index.ts";

const program = (source: string) => [process.execPath, "--input-type=module", "-e", source] as const;

const failureOf = async (options: DrillOptions): Promise<DrillFailed> => {
  const failure = await Effect.runPromise(Effect.flip(drill({ patienceMs: 10_000, ...options })));
  assert.instanceOf(failure, DrillFailed);
  return failure;
};

const asks = `
  const { LIVEPEER_GATEWAY_URL: gateway, LIVEPEER_API_KEY: key } = process.env;
  await fetch(gateway + "/text-to-image", { method: "POST", body: '{"model_id":"a/b","prompt":"a"}' });
`;

describe("a drill is not held", () => {
  it("of a program that is not there", async () => {
    const { message, fix } = await failureOf({ command: ["no-such-program-here", "--fast"] });
    assert.strictEqual(message, "no-such-program-here could not be started: not found (ENOENT)");
    assert.match(fix, /without a shell/);
  });

  it("of one that the system refuses", async () => {
    const tooLong = await failureOf({ command: ["true", "a".repeat(4_000_000)] });
    assert.strictEqual(tooLong.message, "true could not be started: E2BIG");
    const inFile = await failureOf({ command: ["true"], folder: import.meta.filename });
    assert.strictEqual(inFile.message, `true could not be started in ${import.meta.filename}: ENOTDIR`);
  });

  it("of one that sends nothing", async () => {
    const { message, fix, printed } = await failureOf({ command: program(`console.log("nothing to do")`) });
    assert.match(message, /^it sent nothing to http:\/\/127\.0\.0\.1:\d+ \(exit code 0\)$/);
    assert.match(fix, /LIVEPEER_GATEWAY_URL, SLUICE_GATEWAY_URL or OPENAI_BASE_URL, or run the drill with --for/);
    assert.strictEqual(printed, "nothing to do\n");
  });

  it("of one that ends before it calls", async () => {
    const { message, fix, printed } = await failureOf({ command: program(`throw new Error("no such module")`) });
    assert.match(message, /^it sent nothing to \S+ \(exit code 1\)$/);
    assert.match(fix, /^see in its last lines why it ended before it called; when it calls, it must read LIVEPEER/);
    assert.include(printed, "no such module");
  });

  it("of one that names no model", async () => {
    const { message, fix } = await failureOf({
      command: program(
        `await fetch(process.env.LIVEPEER_GATEWAY_URL + "/text-to-image", { method: "POST", body: "{}" })`,
      ),
    });
    assert.match(message, /after POST \/text-to-image \(closed\)$/);
    assert.match(fix, /names no model \(`model_id`\)$/);
  });

  it("of one that does not come through the proxy", async () => {
    const { message, fix } = await failureOf({ command: program(""), fixedUrl: "http://gateway.example/ai" });
    assert.match(message, /^it sent nothing to http:\/\/gateway\.example\/ai/);
    assert.match(fix, /HTTPS_PROXY/);
  });

  it("of one that wants to ask somebody else than who was named", async () => {
    const { message, fix } = await failureOf({
      command: program(`await fetch("https://gateway.example/ai/text-to-image", { method: "POST", body: "{}" })`),
      fixedUrl: "http://gateway.example/ai",
    });
    const said =
      "it sent nothing to http://gateway.example/ai, but wanted to ask https://gateway.example (exit code 1)";
    assert.strictEqual(message, said);
    assert.match(fix, /^if one of these is its gateway, give --for its URL; else see in its last lines why/);
  });

  it("of one that fails with a gateway that is well, and no key is told", async () => {
    const { message, printed } = await failureOf({
      command: program(`${asks} console.error("my keys are", key, process.env.STUDIO_KEY); process.exit(3);`),
      env: { ...process.env, STUDIO_KEY: "what-nobody-knows" },
    });
    assert.match(message, /\(exit code 3\), after POST \/text-to-image \(200\)$/);
    assert.strictEqual(printed, "my keys are [the drill's key] [redacted]\n");
  });

  it("of one that gets no result", async () => {
    const { message } = await failureOf({ command: program(asks.replace("text-to-image", "text-to-picture")) });
    assert.strictEqual(message, "it got no result with a gateway that is well: POST /text-to-picture (404)");
  });

  it("of one that does not end", async () => {
    const { message } = await failureOf({
      command: program(`${asks} setInterval(() => {}, 1000);`),
      patienceMs: 1_500,
    });
    assert.match(message, /^it did not end within \d\.\d s with a gateway that is well$/);
  });

  it("with a URL that is none", async () => {
    const { message, fix } = await failureOf({ command: ["true"], fixedUrl: "livepeer.studio" });
    assert.strictEqual(message, "livepeer.studio is no URL of a gateway");
    assert.match(fix, /https:\/\/livepeer\.studio/);
  });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Reads a file until it says what is wanted. */
const until = async <A>(read: () => A | undefined): Promise<A> => {
  for (;;) {
    const found = read();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe("a drill that is interrupted", () => {
  it("ends the program, and what that has started, also when they do not want to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-drill-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "pids");
    const stubborn = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);`;
    const command = program(`
      import { spawn } from "node:child_process";
      import { writeFileSync } from "node:fs";
      const child = spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: "inherit" });
      writeFileSync(${JSON.stringify(file)}, process.pid + " " + child.pid + ".");
      ${stubborn}
    `);
    const fiber = Effect.runFork(drill({ command }));
    const pids = await until(() => {
      try {
        const text = readFileSync(file, "utf8");
        return text.endsWith(".") ? text.slice(0, -1).split(" ").map(Number) : undefined;
      } catch {
        return undefined;
      }
    });
    assert.lengthOf(pids, 2);
    assert.isTrue(pids.every(isAlive));
    await Effect.runPromise(Fiber.interrupt(fiber));
    await until(() => (pids.some(isAlive) ? undefined : true));
  });
});
