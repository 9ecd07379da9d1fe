/** The guard around the keychain: with none, with one that hangs, with one that works. */
import { startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { keychainName, makeKeychain, patienceMs } from "../src/credentials/keychain.ts";
import { makeKeyStore } from "../src/credentials/store.ts";
import { home } from "./home.ts";
import { environment, sluice } from "./sluice.ts";
import { makeStateFolder } from "./stateFolder.ts";
import { silentBus } from "./silentBus.ts";

const isLinux = process.platform === "linux";
const hasDbus = (): boolean => {
  try {
    execFileSync("dbus-daemon", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const key = Redacted.make('a key with "quotes", ümlauts and \\ in it');
const reasonOf = (effect: Effect.Effect<unknown, { readonly message: string }>): Promise<string> =>
  Effect.runPromise(Effect.flip(effect)).then(({ message }) => message);

describe.runIf(isLinux)("a keychain that is not there", () => {
  it("is told apart: no D-Bus, nobody at its address", async () => {
    assert.strictEqual(await reasonOf(makeKeychain(environment()).read("a")), "this session has no D-Bus");
    const nobody = environment({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, "nobody")}` });
    assert.match(await reasonOf(makeKeychain(nobody).read("a")), /^Failed to connect to socket /);
  });

  it.runIf(hasDbus())("or a D-Bus without a keyring service", async () => {
    const daemon = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], { env: environment() });
    try {
      const [address] = (await once(daemon.stdout, "data")) as [Buffer];
      const env = environment({ DBUS_SESSION_BUS_ADDRESS: address.toString().trim() });
      assert.strictEqual(await reasonOf(makeKeychain(env).read("a")), "no keyring service runs in this session");
    } finally {
      daemon.kill();
      await once(daemon, "close");
    }
  });

  it("costs three seconds when it accepts and never answers", async () => {
    await using bus = await silentBus();
    const begun = performance.now();
    const reason = await reasonOf(makeKeychain(environment({ DBUS_SESSION_BUS_ADDRESS: bus.address })).read("a"));
    const took = performance.now() - begun;
    assert.strictEqual(reason, "it did not answer within 3 s");
    assert.isAtLeast(took, patienceMs - 50);
    // A native module that held this thread would never come back.
    assert.isBelow(took, patienceMs + 2_000);
  });

  it("and the key then goes to the file, with the reason", async () => {
    await using bus = await silentBus();
    await using studio = await startEmulator({ dialect: "studio" });
    const state = makeStateFolder();
    const { code, stderr } = await sluice(
      ["auth", "login", "-g", "livepeer-studio", "--with-key"],
      { ...state.env, DBUS_SESSION_BUS_ADDRESS: bus.address, SLUICE_GATEWAY_URL: studio.url },
      { stdin: "emulated-backend-key" },
    );
    assert.strictEqual(code, 0);
    assert.include(stderr, "the Secret Service could not be used: it did not answer within 3 s");
    assert.deepStrictEqual(state.files(), ["credentials.json", "keys.json"]);
  });
});

describe("a keychain's guard", () => {
  const fake = join(import.meta.dirname, "fakeKeyring.ts");
  const makeFake = () => {
    const file = join(mkdtempSync(join(home, "keyring-")), "entries.json");
    const env = environment({ FAKE_KEYRING: file, LIVEPEER_API_KEY: "in-the-environment" });
    return { file, keychain: makeKeychain(env, fake) };
  };

  it("writes, reads and removes, and shows the key to nobody who looks at processes", async () => {
    const { file, keychain } = makeFake();
    await Effect.runPromise(keychain.write("one", key));
    const seen = readFileSync(`${file}.seen`, "utf8");
    for (const part of ["a key with", "in-the-environment"]) assert.notInclude(seen, part);
    assert.deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), { "sluice/one": Redacted.value(key) });
    const found = await Effect.runPromise(keychain.read("one"));
    assert.strictEqual(found === undefined ? undefined : Redacted.value(found), Redacted.value(key));
    await Effect.runPromise(keychain.remove("one"));
    assert.isUndefined(await Effect.runPromise(keychain.read("one")));
  });

  it("says why it cannot: no module, one that cannot be loaded, one that ends", async () => {
    const without = (native: string | null) => reasonOf(makeKeychain(environment(), native).read("a"));
    assert.strictEqual(await without(null), "the optional package @napi-rs/keyring is not installed");
    assert.match(await without(join(home, "none.cjs")), /^Cannot find module/);
    assert.strictEqual(await reasonOf(makeFake().keychain.read("exit")), "it ended without an answer");
  });

  it("keeps a key out of the file, moves one out of it, and gives it back", async () => {
    const { keychain } = makeFake();
    const state = makeStateFolder();
    const setting = (value: "auto" | "off") =>
      ({ keychain: { value, text: value, origin: { from: "environment", where: "SLUICE_KEYCHAIN" } } }) as const;
    const gateway = { name: "livepeer-studio", baseUrl: "https://livepeer.studio/api/beta/generate" };
    const off = makeKeyStore(setting("off"), state.env, keychain);
    const auto = makeKeyStore(setting("auto"), state.env, keychain);
    const inFile = await Effect.runPromise(off.add(gateway, Redacted.make("in-the-file"), undefined));
    assert.strictEqual(inFile.whyFile, "SLUICE_KEYCHAIN turns it off");
    assert.deepStrictEqual(state.keys(), { "livepeer-studio": "in-the-file" });
    const { record, whyFile } = await Effect.runPromise(auto.add(gateway, key, undefined));
    assert.deepInclude(record, { store: "keychain", account: "livepeer-studio" });
    assert.isUndefined(whyFile);
    assert.deepStrictEqual(state.files(), ["keys.json"]);
    assert.strictEqual(Redacted.value(await Effect.runPromise(auto.read(record))), Redacted.value(key));
    const turnedOff = `the key of livepeer-studio is in ${keychainName}, which cannot be used: SLUICE_KEYCHAIN turns it off`;
    assert.strictEqual(await reasonOf(off.read(record)), turnedOff);
    await Effect.runPromise(auto.remove(record));
    assert.include(await reasonOf(auto.read(record)), "the key of livepeer-studio is no longer in");
  });
});
