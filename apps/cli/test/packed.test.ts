/** The tarball alone: no package beside it, no registry, and none of this repository. */
import { startEmulator } from "@sluice/emulator";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import version from "../src/version.ts";
import { oldNode, packed } from "./packed.ts";

let all: Awaited<ReturnType<typeof packed>>;
let alone = "";
const started: Array<ChildProcess> = [];

beforeAll(async () => {
  all = await packed();
  alone = await all.install("alone", "--omit=optional");
}, 120_000);

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  all.remove();
});

const installed = (...path: ReadonlyArray<string>): string => join(alone, "node_modules/@sluice/cli", ...path);

describe("the packed command line", () => {
  it("is installed with no other package, and has what it names", () => {
    assert.deepStrictEqual(
      readdirSync(join(alone, "node_modules")).filter((name) => !name.startsWith(".")),
      ["@sluice"],
    );
    assert.deepStrictEqual(readdirSync(join(alone, "node_modules/@sluice")), ["cli"]);
    for (const path of ["bin/sluice.cjs", "dist/main.js", "man/sluice.1", "schemas/schema.json", "LICENSE"]) {
      assert.isTrue(existsSync(installed(path)), path);
    }
    const strange = all.tarball.files.filter(({ path }) => !/^(bin|dist|man|schemas|[^/]+$)/.test(path));
    assert.deepStrictEqual(strange, []);
    assert.isBelow(all.tarball.size, 4_000_000);
  });

  it("tells its version, its help, its schema and its settings", async () => {
    for (const flag of ["--version", "-v"]) {
      assert.deepStrictEqual(await all.sluice(alone, [flag]), { code: 0, stdout: `${version}\n`, stderr: "" });
    }
    const help = await all.sluice(alone, ["--help"]);
    assert.strictEqual(help.code, 0);
    assert.match(help.stdout, /^EXAMPLES$/m);
    const described = JSON.parse((await all.sluice(alone, ["schema", "serve", "--json"])).stdout) as {
      commands: Array<unknown>;
    };
    assert.lengthOf(described.commands, 1);
    assert.strictEqual((await all.sluice(alone, ["config", "get", "timeout"])).stdout, "300s\n");
    writeFileSync(join(alone, "sluice.config.toml"), 'timeout = "20s"\n');
    assert.strictEqual((await all.sluice(alone, ["config", "get", "timeout"])).stdout, "20s\n");
    const wrong = await all.sluice(alone, ["config", "gte"]);
    assert.strictEqual(wrong.code, 2);
    assert.include(wrong.stderr, "SLUICE-USAGE");
  });

  it("keeps its compiled code in the user's own folder", async () => {
    await all.sluice(alone, ["config", "list"]);
    assert.isNotEmpty(readdirSync(join(all.home, ".cache/sluice/compiled")));
  });

  it("knows a price, and makes an image at a gateway", async () => {
    const estimate = await all.sluice(alone, ["cost", "estimate", "text-to-image"]);
    assert.strictEqual(estimate.code, 0, estimate.stderr);
    assert.include(estimate.stdout, "$0.01");
    await using gateway = await startEmulator();
    const args = ["generate", "text-to-image", "a fox", "-g", gateway.url, "-o", "out", "-W", "64", "-H", "64"];
    const made = await all.sluice(alone, args);
    assert.strictEqual(made.code, 0, made.stderr);
    assert.strictEqual(readFileSync(join(alone, made.stdout.trim())).toString("latin1", 1, 4), "PNG");
  });

  it("runs the emulator and the service, with the page of its routes", async () => {
    const serving = async (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) => {
      const child = spawn(installed("bin/sluice.cjs"), [...args, "--json"], {
        cwd: alone,
        env: { PATH: process.env["PATH"], HOME: all.home, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
      started.push(child);
      const ended = once(child, "exit") as Promise<[number | null]>;
      let seen = "";
      for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
        seen += chunk as string;
        const line = seen.split("\n").find((one) => one.includes('"listening"'));
        if (line === undefined || !seen.endsWith("\n")) continue;
        const stop = async (): Promise<number | null> => {
          child.stdout.resume();
          child.kill("SIGINT");
          return (await ended)[0];
        };
        return { url: (JSON.parse(line) as { readonly url: string }).url, stop };
      }
      throw new Error(`it ended before it listened: ${seen}`);
    };
    const gateway = await serving(["serve", "--port", "0"]);
    const service = await serving(["api"], {
      ...{ SLUICE_GATEWAY: gateway.url, SLUICE_ENVIRONMENT: "development", HOST: "127.0.0.1" },
      ...{ PORT: "0", SLUICE_ADMIN_PORT: "0", SLUICE_DRAIN_DELAY_SECONDS: "0" },
    });
    const page = await fetch(`${service.url}/docs/js/scalar.js`);
    assert.isAbove((await page.text()).length, 1_000_000);
    const answer = await fetch(`${service.url}/text-to-image`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: "a fox", width: 64, height: 64 }),
    });
    assert.strictEqual(answer.status, 200, await answer.text());
    assert.strictEqual(await service.stop(), 0);
    assert.strictEqual(await gateway.stop(), 130);
  });
});

describe("on a Node that is too old", () => {
  const expected = /^✗ sluice needs Node 22\.19 or later, and this is \d+\.\d+\.\d+\.\n {2}fix .*nvm install/;

  it.each(["18.20.4", "22.18.0"])("says what to do: %s", (told) => {
    const pretended = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(told)} });`;
    const script = `${pretended} require(${JSON.stringify(installed("bin/sluice.cjs"))});`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.deepStrictEqual([status, stdout], [1, ""]);
    assert.match(stderr, expected);
    assert.include(stderr, told);
  });

  it.runIf(oldNode !== undefined)("says so on one", () => {
    const { status, stderr } = spawnSync(oldNode ?? "", [installed("bin/sluice.cjs"), "--help"], { encoding: "utf8" });
    assert.strictEqual(status, 1);
    assert.match(stderr, expected);
  });
});
