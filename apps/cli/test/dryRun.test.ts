import { startEmulator } from "@sluice/emulator";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { curlOf } from "../src/generate/curl.ts";
import { temporaryFolder } from "./folder.ts";
import { smallPng } from "./mediaFiles.ts";
import { sluice } from "./sluice.ts";
import { onTerminal } from "./terminal.ts";

const env = { LIVEPEER_API_KEY: "sk-live-0123456789abcdef" };
const execute = promisify(execFile);

/** What was sent, whatever type a program gives to a file. */
const filed = (body: unknown) => {
  const { image, ...fields } = body as { readonly image: { readonly file: string; readonly bytes: number } };
  return { ...fields, file: image.file, bytes: image.bytes };
};

describe("--dry-run", () => {
  it("shows the request, its price and a line of curl, and sends nothing", async () => {
    await using emulator = await startEmulator({});
    const args = ["gen", "t2i", "it's a fox", "--seed", "7", "-g", emulator.url, "-n"];
    const { code, stdout, stderr } = await sluice(args, env);
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.match(stdout, /^POST http:\/\/127\.0\.0\.1:\d+\/text-to-image\nAuthorization: Bearer \$LIVEPEER_API_KEY\n/);
    assert.include(stdout, '  "seed": 7');
    assert.include(stdout, "units      1048576 pixel (1.05 MP)\ncost       $0.019922944 ($0.0199)\n");
    assert.notInclude(stdout, "sk-live");
    const onScreen = await onTerminal(args, env, { columns: 300, rows: 50 });
    assert.strictEqual(onScreen.text, stdout.trimEnd());
    assert.isEmpty(emulator.journal());
  });

  it("shows a form that curl sends as the command would", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'a "fox", here; or.png'), smallPng);
    const args = ["gen", "upscale", 'a "fox", here; or.png', "@it's; a fox", "--seed", "7", "-g", emulator.url];
    const { stdout } = await sluice([...args, "-n"], env, { cwd: folder.path });
    const [line = ""] = /curl -s[^]*?(?=\n\n)/.exec(stdout) ?? [];
    const answer = await execute("sh", ["-c", line], { cwd: folder.path, env: { PATH: process.env["PATH"], ...env } });
    assert.match(answer.stdout, /^\{"images":\[\{"nsfw":false,"seed":7,/);
    assert.strictEqual((await sluice(args, env, { cwd: folder.path })).code, 0);
    const [byCurl, byUs] = emulator.journal().filter(({ path }) => path === "/upscale");
    assert.isTrue(byCurl?.authorized);
    assert.deepStrictEqual(filed(byCurl.body), filed(byUs?.body));
  });

  it("finds the mistakes that the call would end with", async () => {
    const { code, stdout, stderr } = await sluice([
      "gen",
      "t2i",
      "fox",
      "-W",
      "1001",
      "-n",
      "-g",
      "http://127.0.0.1:9",
    ]);
    assert.strictEqual(code, 5);
    assert.strictEqual(stdout, "");
    assert.include(stderr, "--width: invalid number: must be a multiple of 8");
  });
});

it("a line of curl says to a shell what was meant, whatever the texts are", async () => {
  // A shell that prints its arguments stands for curl.
  const script = 'curl() { for arg in "$@"; do printf "%s\\0" "$arg"; done; }; ';
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  await fc.assert(
    fc.asyncProperty(text, async (prompt) => {
      const line = curlOf({
        url: "http://a/b",
        isKeyed: false,
        fields: { prompt },
        file: { field: "image", path: "-" },
      });
      const { stdout } = await execute("sh", ["-c", script + line]);
      assert.deepStrictEqual(stdout.split("\0").slice(0, -1), [
        "-s",
        "http://a/b",
        "--form-string",
        `prompt=${prompt}`,
        "-F",
        "image=@-",
      ]);
    }),
    { numRuns: 25 },
  );
});
