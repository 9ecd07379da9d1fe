/** Which key goes where: the order of the places, and that no project's file gets a key sent to an address of its own. */
import { startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { keyOf } from "../src/credentials/keyOf.ts";
import { rotationOf } from "../src/credentials/rotation.ts";
import { makeKeyStore } from "../src/credentials/store.ts";
import { loadSettings } from "../src/settings/Settings.ts";
import { home } from "./home.ts";
import { sluice } from "./sluice.ts";
import { makeStateFolder } from "./stateFolder.ts";

interface Given {
  readonly flag?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What `sluice.config.toml` says. */
  readonly project?: string;
  /** What the user's own file says. */
  readonly user?: string;
  /** For which addresses a key is stored: `stored-1`, `stored-2` … */
  readonly stored?: ReadonlyArray<string>;
}

const studio = "https://livepeer.studio/api/beta/generate";
const evil = "https://gateway.evil.example";
const variable = { LIVEPEER_API_KEY: "from-variable" };

const found = async ({ flag, env = {}, project = "", user = "", stored = [] }: Given): Promise<string | undefined> => {
  const folder = mkdtempSync(join(home, "project-"));
  writeFileSync(join(folder, "sluice.config.toml"), project);
  writeFileSync(join(folder, "gateway.json"), JSON.stringify({ name: "theirs", baseUrl: evil }));
  const config = mkdtempSync(join(home, "config-"));
  mkdirSync(join(config, "sluice"));
  writeFileSync(join(config, "sluice", "config.toml"), user);
  const all = { ...makeStateFolder().env, XDG_CONFIG_HOME: config, SLUICE_KEYCHAIN: "off", ...env };
  return Effect.runPromise(
    Effect.gen(function* () {
      const settings = yield* loadSettings({ gateway: Option.fromUndefinedOr(flag) }, { env: all, folder });
      const store = makeKeyStore(settings, all);
      for (const [at, baseUrl] of stored.entries()) {
        yield* store.add({ name: "a", baseUrl }, Redacted.make(`stored-${at + 1}`), undefined);
      }
      const key = yield* keyOf(settings, all);
      return key === undefined ? undefined : Redacted.value(key.key);
    }),
  );
};

const fileWith = (text: string): string => {
  const path = join(mkdtempSync(join(home, "key-")), "key");
  writeFileSync(path, text);
  return path;
};

describe("keyOf", () => {
  it("takes SLUICE_API_KEY, LIVEPEER_API_KEY, their files, then what is stored", async () => {
    const all = {
      SLUICE_API_KEY: "1",
      LIVEPEER_API_KEY: "2",
      SLUICE_API_KEY_FILE: fileWith(" 3\n"),
      LIVEPEER_API_KEY_FILE: fileWith("4\r\n"),
    };
    const order: Array<string | undefined> = [];
    let env: NodeJS.ProcessEnv = all;
    for (const name of [...Object.keys(all), ""]) {
      order.push(await found({ flag: "livepeer-studio", env, stored: [studio] }));
      env = { ...env, [name]: "" };
    }
    assert.deepStrictEqual(order, ["1", "2", "3", "4", "stored-1"]);
  });

  it("takes a stored key for its own address alone", async () => {
    const stored = [studio, "https://own.example/gateway"];
    assert.strictEqual(await found({ flag: "livepeer-studio", stored }), "stored-1");
    assert.strictEqual(await found({ flag: studio, stored }), "stored-1");
    assert.strictEqual(await found({ flag: "https://own.example/gateway/", stored }), "stored-2");
    assert.isUndefined(await found({ flag: "https://own.example", stored }));
    assert.isUndefined(
      await found({ flag: "livepeer-cloud", stored: [...stored, "https://dream-gateway.livepeer.cloud"] }),
    );
    const moved = { SLUICE_GATEWAY_URL: "https://other.example" };
    assert.isUndefined(await found({ env: { ...moved, SLUICE_GATEWAY: "livepeer-studio" }, stored }));
  });

  it.each<[string, Given, string | undefined]>([
    ["an address", { project: `gateway = "${evil}"` }, undefined],
    ["another address for Studio", { project: `gateway = "livepeer-studio"\ngateway_url = "${evil}"` }, undefined],
    [
      "an address for the user's gateway",
      { user: 'gateway = "livepeer-studio"', project: `gateway_url = "${evil}"` },
      undefined,
    ],
    ["a gateway's file", { project: 'gateway = "gateway.json"' }, undefined],
    ["Studio's host, unencrypted", { project: 'gateway = "http://livepeer.studio/api/beta/generate"' }, undefined],
    ["a host that begins like this machine", { project: 'gateway = "http://127.0.0.1.evil.example"' }, undefined],
    [
      "an address behind a variable's",
      { project: `gateway = "${evil}"`, env: { SLUICE_GATEWAY_URL: "https://x.example" } },
      undefined,
    ],
    ["Studio", { project: 'gateway = "livepeer-studio"' }, "from-variable"],
    ["this machine", { project: 'gateway = "http://127.0.0.1:8937"' }, "from-variable"],
    ["an address that a flag names too", { project: `gateway = "${evil}"`, flag: evil }, "from-variable"],
    [
      "an address, and a flag another gateway",
      { project: `gateway_url = "${evil}"`, flag: "livepeer-studio" },
      "from-variable",
    ],
    [
      "a gateway's file, whose address a key is stored for",
      { project: 'gateway = "gateway.json"', stored: [evil] },
      "stored-1",
    ],
    ["an address that a key is stored for", { project: `gateway = "${evil}"`, stored: [evil] }, "stored-1"],
  ])("when a project's file names %s", async (_, given, expected) => {
    assert.strictEqual(await found({ ...given, env: { ...variable, ...given.env } }), expected);
  });

  it("trusts an address that the user's own file or a variable names", async () => {
    assert.strictEqual(await found({ user: `gateway = "${evil}"`, env: variable }), "from-variable");
    assert.strictEqual(await found({ env: { ...variable, SLUICE_GATEWAY: evil } }), "from-variable");
  });

  it("names the variable whose file cannot be read or is empty", async () => {
    for (const [file, problem] of [
      [join(home, "no-such-file"), "cannot be read: ENOENT"],
      [fileWith(" \n"), "is empty"],
    ] as const) {
      const failure = await found({ flag: "livepeer-studio", env: { LIVEPEER_API_KEY_FILE: file } }).catch(String);
      assert.include(failure, `LIVEPEER_API_KEY_FILE: ${file} ${problem}`);
    }
  });
});

describe("a cloned repository", () => {
  it("gets no key for the address that it names, and the run says so", async () => {
    // Not written as this machine, though it is.
    await using gateway = await startEmulator({ dialect: "studio", host: "0.0.0.0" });
    const url = gateway.url.replace("127.0.0.1", "0.0.0.0");
    const cwd = mkdtempSync(join(home, "cloned-"));
    writeFileSync(join(cwd, "sluice.config.toml"), `gateway = "livepeer-studio"\ngateway_url = "${url}"\n`);
    const env = { LIVEPEER_API_KEY: "emulated-backend-key" };
    const ended = await sluice(["keys", "inspect"], env, { cwd });
    assert.strictEqual(ended.code, 4);
    assert.include(ended.stderr, `! the key in LIVEPEER_API_KEY is not sent to ${url}: only `);
    assert.include(ended.stderr, `sluice auth login -g ${url}`);
    assert.deepStrictEqual(gateway.journal(), []);
    const named = await sluice(["keys", "inspect", "-g", url], env, { cwd });
    assert.strictEqual(named.code, 0);
    assert.isTrue(gateway.journal().some(({ authorized }) => authorized));
  });
});

describe("rotationOf", () => {
  const added = "2026-11-23T20:00:00.000Z";
  it.each([
    ["2026-11-23T20:00:00.000Z", 0, 90, "fresh"],
    ["2026-11-24T19:59:59.999Z", 0, 90, "fresh"],
    ["2027-02-06T20:00:00.000Z", 75, 15, "fresh"],
    ["2027-02-07T20:00:00.000Z", 76, 14, "soon"],
    ["2027-02-21T19:59:59.999Z", 89, 1, "soon"],
    ["2027-02-21T20:00:00.000Z", 90, 0, "overdue"],
    // A clock that was set back.
    ["2026-11-01T00:00:00.000Z", 0, 90, "fresh"],
  ])("at %s: %i days old, %i left, %s", (now, ageDays, daysLeft, state) => {
    assert.deepStrictEqual(rotationOf(added, Date.parse(now)), { ageDays, daysLeft, state, rotateBy: "2027-02-21" });
  });
});
