import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { type Environment, runApi } from "./startApi.ts";

/** The mistakes that it lists before it ends. */
const mistakesOf = async (env: Environment, ...args: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { code, stdout, stderr } = await runApi(env, ...args);
  assert.strictEqual(code, 78, stderr);
  assert.strictEqual(stdout, "");
  const [first, ...mistakes] = stderr.trimEnd().split("\n");
  assert.strictEqual(first, "✗ sluice-api cannot start:");
  for (const line of mistakes) assert.match(line, /^ {2}- /);
  return mistakes.map((line) => line.slice(4));
};

describe("a configuration with mistakes ends the service with 78, and lists", () => {
  it("all mistakes at once, the service's own and the gateway's, without showing the key", async () => {
    const mistakes = await mistakesOf({
      HOST: "0.0.0.0",
      PORT: "70000",
      SLUICE_GATEWAY: "livepeer-clod",
      LIVEPEER_API_KEY: "very secret key",
    });
    assert.sameMembers(
      mistakes.map((line) => /^([A-Z_]+): /.exec(line)?.[1] ?? line),
      ["HOST", "PORT", "SLUICE_GATEWAY", "LIVEPEER_API_KEY"],
    );
    assert.match(mistakes.join("\n"), /SLUICE_GATEWAY: .*"livepeer-clod".*livepeer-cloud/);
    assert.notInclude(mistakes.join("\n"), "secret");
  });

  it("those of a file that the command line names, also when it is only to be checked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      const path = join(folder, "sluice.toml");
      writeFileSync(path, 'hots = "127.0.0.1"\n[media]\nseconds = 0\n');
      const mistakes = await mistakesOf({}, "--check", "--config", path);
      assert.lengthOf(mistakes, 2);
      const told = mistakes.toSorted();
      assert.match(told[0] ?? "", /^hots: .*host/);
      assert.match(told[1] ?? "", /^media\.seconds: .*from 1 to 2592000/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the command line", () => {
  it("with --check says that nothing is wrong, and starts nothing", async () => {
    const { code, stdout, stderr } = await runApi({ SLUICE_GATEWAY: "http://127.0.0.1:9" }, "--check");
    assert.deepStrictEqual({ code, stdout }, { code: 0, stdout: "" });
    assert.strictEqual(stderr, "✔ the configuration has no mistake\n");
  });

  it("that is no command ends with 2, and says what there is", async () => {
    const { code, stdout, stderr } = await runApi({}, "keys", "new");
    assert.deepStrictEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^✗ "keys new" is not a command\n/);
    assert.include(stderr, "sluice-api key new");
  });

  it("key new prints a key and what the configuration needs of it, with which its holder is served", async () => {
    const made = await runApi({}, "key", "new", "--name", "web");
    assert.deepStrictEqual({ code: made.code, stderr: made.stderr }, { code: 0, stderr: "" });
    const [key = "", blank, ...toml] = made.stdout.split("\n");
    assert.strictEqual(blank, "");
    assert.match(key, /^slk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{36}$/);
    assert.notInclude(toml.join("\n"), key.slice(-20));
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      const path = join(folder, "sluice.toml");
      writeFileSync(path, toml.join("\n"));
      const { code, stderr } = await runApi({ SLUICE_CONFIG: path, HOST: "0.0.0.0" }, "--check");
      assert.strictEqual(code, 0, stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("key new with a name that is none says so, and is no crash", async () => {
    const { code, stdout, stderr } = await runApi({}, "key", "new", "--name", "a b\n");
    assert.deepStrictEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^✗ --name must be/);
  });
});
