/** Runs what the README claims to run, on an emulator in place of the free gateway. */
import { startEmulator } from "@sluice/emulator";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, assert, describe, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): ReadonlyArray<string> =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code = ""]) => code);

const folder = mkdtempSync(join(tmpdir(), "sluice-readme-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (command: string, args: ReadonlyArray<string>, cwd: string, env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(command, args, {
    cwd,
    env: { PATH: process.env["PATH"], HOME: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });

const ended = async (child: ChildProcess) => {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the process has no pipes");
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, "close")]);
  return { out, err, code: child.exitCode };
};

/** The address that a server announces on stderr. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let seen = "";
    child.stdout?.resume();
    child.stderr?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      const url = /▶ \S+ (http:\/\/\S+)/.exec(seen)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once("close", () => {
      reject(new Error(`the server ended: ${seen}`));
    });
  });

/** npm does not hand every signal on, so the whole group gets it. */
const stop = async (child: ChildProcess, signal: "SIGINT" | "SIGTERM"): Promise<void> => {
  const end = once(child, "close");
  process.kill(-(child.pid ?? 0), signal);
  await end;
};

describe("the README", () => {
  for (const [index, name] of ["promise", "effect"].entries()) {
    it(`shows examples/${name}.ts as it is, and it runs`, async () => {
      const file = join(root, `examples/${name}.ts`);
      assert.strictEqual(blocks("ts")[index], readFileSync(file, "utf8"));
      await using emulator = await startEmulator({});
      const child = run(process.execPath, ["--conditions=@sluice/source", file], folder, {
        SLUICE_GATEWAY: emulator.url,
      });
      const { out, err, code } = await ended(child);
      assert.strictEqual(err, "");
      assert.strictEqual(code, 0);
      assert.include(out, name === "promise" ? "1 attempt(s), $0.019922944" : "/stream/");
      if (name === "promise") assert.isTrue(existsSync(join(folder, "out/fox.png")));
    });
  }

  const commands = blocks("sh")
    .flatMap((block) => block.trim().split("\n"))
    .map((line) => line.replace(/\s+#.*$/, ""));

  for (const command of commands.filter((line) => line.includes("generate"))) {
    it(`tells the truth about \`${command}\``, async () => {
      await using emulator = await startEmulator({});
      const child = run("bash", ["-c", `${command.replace(" -o out/", "")} -o ${folder}/`], root, {
        SLUICE_GATEWAY: emulator.url,
      });
      const { out, err, code } = await ended(child);
      assert.strictEqual(code, 0, err);
      assert.match(out, command.includes("--json") ? /^\{"ok":true,.*\}\n$/ : /\/a-red-fox-in-snow-\d+\.png\n$/);
    });
  }

  it("tells the truth about `serve`", async () => {
    const command = commands.find((line) => line.includes("serve")) ?? "";
    const child = run("bash", ["-c", `exec ${command} --port 0`], root, {});
    const url = await addressOf(child);
    const { status } = await fetch(`${url}/text-to-image`, {
      method: "POST",
      body: JSON.stringify({ prompt: "a fox", model_id: "SG161222/RealVisXL_V4.0_Lightning" }),
    });
    assert.strictEqual(status, 429);
    await stop(child, "SIGINT");
  });

  it("tells the truth about `npm start` and curl", async () => {
    const child = run("npm", ["start"], root, { PORT: "0", SLUICE_ADMIN_PORT: "0" });
    const url = await addressOf(child);
    const curl = commands.find((line) => line.startsWith("curl")) ?? "";
    const { out } = await ended(run("bash", ["-c", curl.replace("http://127.0.0.1:8080", url)], root, {}));
    assert.match(
      out,
      /^\{"images":\[\{"nsfw":false,"seed":7,"url":"http:\/\/127\.0\.0\.1:\d+\/media\/[\w-]{22}\.png"\}\]\}$/,
    );
    await stop(child, "SIGTERM");
  });
});
