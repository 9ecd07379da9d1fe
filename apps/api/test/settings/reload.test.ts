import { startEmulator } from "@sluice/emulator";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { aKey, small } from "../serve.ts";
import { askAt, startApi } from "../startApi.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

type OneKey = ReturnType<typeof aKey>;

/** A service as a process with keys in a file, which `write` writes anew. */
const start = async (...keys: ReadonlyArray<OneKey>) => {
  const gateway = await startEmulator();
  const path = join(folder, "keys.json");
  const write = (...next: ReadonlyArray<OneKey>): void => {
    writeFileSync(path, JSON.stringify({ keys: next.map(({ entry }) => entry) }));
  };
  write(...keys);
  const api = await startApi({ SLUICE_GATEWAY: gateway.url, SLUICE_KEYS_FILE: path });
  const status = async ({ headers }: OneKey): Promise<number> => (await askAt(api.url, small, headers)).status;
  /** Asks until it is answered so; that it never is, is the test's own time-out. */
  const becomes = async (key: OneKey, expected: number): Promise<void> => {
    while ((await status(key)) !== expected);
  };
  const close = async () => {
    await api[Symbol.asyncDispose]();
    await gateway.close();
  };
  return { ...api, path, write, status, becomes, [Symbol.asyncDispose]: close };
};

const [one, two, three] = ["one", "two", "three"].map((name) => aKey({ name })) as [OneKey, OneKey, OneKey];

describe("the keys of a running service", () => {
  it("are read again at SIGHUP; a broken file leaves those of before, and the log says what is wrong, without a key", async () => {
    await using api = await start(one);
    assert.deepStrictEqual([await api.status(one), await api.status(two)], [200, 401]);
    api.write(one, two);
    api.signal("SIGHUP");
    await api.becomes(two, 200);
    assert.strictEqual(await api.status(one), 200);

    const { key: secret } = two;
    writeFileSync(api.path, JSON.stringify({ keys: [{ ...two.entry, hash: secret }] }));
    api.signal("SIGHUP");
    while (!api.written.stdout.includes("the configuration is wrong")) await api.status(one);
    assert.deepStrictEqual([await api.status(one), await api.status(two)], [200, 200]);
    assert.match(api.written.stdout, /keys\.0\.hash/);
    assert.notInclude(api.written.stdout, secret.slice(22));

    api.write(two);
    api.signal("SIGHUP");
    await api.becomes(one, 401);
    assert.strictEqual(await api.status(two), 200);
  });

  it("are read again when their file has changed, within a few seconds, and no call is lost by it", async () => {
    await using api = await start(one, two);
    assert.strictEqual(await api.status(three), 401);
    api.write(two, three);
    let others = 0;
    while ((await api.status(three)) !== 200) {
      assert.strictEqual(await api.status(two), 200);
      others += 1;
    }
    assert.isAbove(others, 0);
    assert.strictEqual(await api.status(one), 401);
    // The log is written by the way.
    while (!api.written.stdout.includes("keys were read again")) await api.status(one);
  });
});
