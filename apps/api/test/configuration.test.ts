import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { readSettings } from "../src/settings/readSettings.ts";
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

  it.each([["--check"], []])("a folder for files that cannot be written, with the others: %s", async (...args) => {
    const env = { SLUICE_MEDIA_STORE: "disk", SLUICE_MEDIA_FOLDER: "/dev/null", SLUICE_LOG_LEVEL: "loud" };
    const mistakes = await mistakesOf(env, ...args);
    assert.sameMembers(
      mistakes.map((line) => /^([A-Z_]+): /.exec(line)?.[1] ?? line),
      ["SLUICE_MEDIA_FOLDER", "SLUICE_LOG_LEVEL"],
    );
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

  it("with --check says what may not be meant, though it is no mistake", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      const path = join(folder, "sluice.toml");
      writeFileSync(path, 'gateway = "http://127.0.0.1:9"\napiKeyFile = "/run/secrets/livepeer"\n');
      const { code, stderr } = await runApi({ SLUICE_CONFIG: path, LIVEPEER_API_KEY: "sk-one" }, "--check");
      assert.strictEqual(code, 0, stderr);
      assert.match(stderr, /^! LIVEPEER_API_KEY wins over apiKeyFile .*\n✔ the configuration has no mistake\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that is no command ends with 2, and says what there is", async () => {
    const { code, stdout, stderr } = await runApi({}, "keys", "new");
    assert.deepStrictEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^✗ "keys new" is not a command\n/);
    assert.include(stderr, "sluice-api key new");
  });

  it.each([
    ["alerts", "test", "--check"],
    ["--check", "--json"],
    ["key", "new", "--config", "a.toml"],
  ])("with an option of another command ends with 2, and does nothing: %s %s %s", async (...args) => {
    const { code, stdout, stderr } = await runApi({}, ...args);
    assert.deepStrictEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^✗ --(check|json|config) is no option of (alerts test|the service|key new)\n/);
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

  it("key new --json prints one line, whose entry the service takes from a variable", async () => {
    const { code, stdout, stderr } = await runApi({}, "key", "new", "--name", "web", "--json");
    assert.deepStrictEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, /^\{[^\n]*\}\n$/);
    const { key, ...entry } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.match(String(key), /^slk_live_/);
    assert.sameMembers(Object.keys(entry), ["name", "id", "hash", "created"]);
    assert.isTrue(readSettings({ SLUICE_KEYS: JSON.stringify([entry]) }).ok);
  });

  it("key new with a name that is none says so, and is no crash", async () => {
    const { code, stdout, stderr } = await runApi({}, "key", "new", "--name", "a b\n");
    assert.deepStrictEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^✗ --name must be/);
  });
});
