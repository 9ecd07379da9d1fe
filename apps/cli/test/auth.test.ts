/** `sluice auth`: what is stored where, what is said, and that no key is ever shown. */
import { type RunningEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { makeKeyStore } from "../src/credentials/store.ts";
import { home } from "./home.ts";
import { type Ended, resultOf, sluice } from "./sluice.ts";
import { makeStateFolder } from "./stateFolder.ts";
import { onTerminal, openTerminal } from "./terminal.ts";

const key = "emulated-backend-key";
const login = ["auth", "login", "-g", "livepeer-studio"];
const piped = [...login, "--with-key"];

let studio: RunningEmulator;
let goLivepeer: RunningEmulator;
beforeAll(async () => {
  studio = await startEmulator({ dialect: "studio" });
  goLivepeer = await startEmulator();
});
afterAll(async () => {
  await studio.close();
  await goLivepeer.close();
});

/** What was asked of it since. */
const watch = ({ journal }: RunningEmulator) => {
  const before = journal().length;
  return () => journal().slice(before);
};

const hides = ({ stdout, stderr }: Ended, secret: string): void => {
  assert.notInclude(stdout, secret);
  assert.notInclude(stderr, secret);
};

const setUp = () => {
  const state = makeStateFolder();
  return { state, env: { ...state.env, SLUICE_GATEWAY_URL: studio.url } };
};

/** With the key of a gateway stored, as `sluice auth login` stores it. */
const signedIn = async () => {
  const { state, env } = setUp();
  const off = { value: "off", text: "off", origin: { from: "environment", where: "SLUICE_KEYCHAIN" } } as const;
  const gateway = { name: "livepeer-studio", baseUrl: studio.url };
  await Effect.runPromise(makeKeyStore({ keychain: off }, env).add(gateway, Redacted.make(key), undefined));
  return { state, env };
};

describe("sluice auth login --with-key", () => {
  it("asks the gateway for nothing, then stores the key where nobody else may read it", async () => {
    const { state, env } = setUp();
    const asked = watch(studio);
    const ended = await sluice(piped, env, { stdin: `${key}\r\n` });
    const { code, stdout, stderr } = ended;
    assert.deepStrictEqual([code, stdout], [0, ""]);
    assert.match(
      stderr,
      /^✔ accepted by the gateway \(an empty request was refused as invalid: nothing generated, \$0\.00\)$/m,
    );
    assert.match(stderr, /^✔ stored in \/.*credentials\.json {3}added \d{4}-\d\d-\d\d · rotate by \d{4}-\d\d-\d\d$/m);
    assert.match(stderr, /^! that file is plain text, readable by you alone; /m);
    hides(ended, key);
    assert.deepStrictEqual(
      asked().map(({ status, authorized }) => [status, authorized]),
      [
        [401, false],
        [422, true],
      ],
    );
    assert.deepStrictEqual(state.files(), ["credentials.json", "keys.json"]);
    assert.deepStrictEqual(
      [state.mode(), state.mode("credentials.json"), state.mode("keys.json")],
      ["700", "600", "600"],
    );
    assert.deepStrictEqual(state.keys(), { [studio.url]: key });
    state.hides(key);
  });

  it("prints a result for programs, and replaces the key that was there", async () => {
    const { state, env } = await signedIn();
    const ended = await sluice([...piped, "--json"], env, { stdin: "emulated-other-user-key" });
    assert.deepStrictEqual([ended.code, ended.stderr], [0, ""]);
    hides(ended, "emulated-other-user-key");
    const [record] = state.records();
    assert.lengthOf(state.records(), 1);
    const { baseUrl, check, stored } = resultOf(ended) as { baseUrl: string; check: string; stored: object };
    assert.deepStrictEqual([baseUrl, check], [studio.url, "accepted"]);
    assert.deepInclude(stored, {
      store: "file",
      plainText: true,
      fingerprint: record?.fingerprint,
      added: record?.added,
    });
    assert.deepStrictEqual(Object.values(state.keys()), ["emulated-other-user-key"]);
  });

  it.each([
    ["emulated-nonsense-key", /does not know this key \(401\)/],
    ["emulated-cors-restricted-key", /does not let it generate \(403\): it is a CORS key with restricted access/],
  ])("stores nothing when the gateway refuses %s, and does not repeat it", async (bad, message) => {
    const { state, env } = setUp();
    const ended = await sluice(piped, env, { stdin: bad });
    assert.deepStrictEqual([ended.code, ended.stdout], [4, ""]);
    assert.match(ended.stderr, message);
    hides(ended, bad);
    const forPrograms = await sluice([...piped, "--json"], env, { stdin: bad });
    assert.strictEqual(forPrograms.code, 4);
    assert.strictEqual(resultOf(forPrograms)["code"], "SLUICE-KEY-REFUSED");
    hides(forPrograms, bad);
    assert.deepStrictEqual(state.files(), []);
  });

  it.each([
    [`"${key}"`, "the key stands in quotes"],
    [`Bearer ${key}`, "without 'Bearer' in front"],
    ["two words", "holds a space"],
    [`LIVEPEER_API_KEY=${key}`, "has a variable's name in front"],
    ["", "the key is empty"],
  ])("tells a mistake before anything is sent: %s", async (text, message) => {
    const { state, env } = setUp();
    const ended = await sluice(piped, { ...env, SLUICE_GATEWAY_URL: "http://127.0.0.1:9" }, { stdin: text });
    assert.deepStrictEqual([ended.code, ended.stdout], [2, ""]);
    assert.include(ended.stderr, message);
    if (text !== "") hides(ended, text);
    assert.deepStrictEqual(state.files(), []);
  });

  it("shows a gateway that does not ask for keys none, and stores it unchecked", async () => {
    const { state } = setUp();
    const asked = watch(goLivepeer);
    const ended = await sluice(["auth", "login", "-g", goLivepeer.url, "--with-key"], state.env, { stdin: key });
    assert.strictEqual(ended.code, 0);
    assert.include(ended.stderr, "! not checked: this gateway does not ask for keys");
    assert.deepStrictEqual(
      asked().map(({ status, authorized }) => [status, authorized]),
      [[400, false]],
    );
  });

  it("ends with 7 when nobody answers, and stores with --no-check", async () => {
    const { state } = setUp();
    const env = { ...state.env, SLUICE_GATEWAY_URL: "http://127.0.0.1:9" };
    const ended = await sluice(piped, env, { stdin: key });
    assert.strictEqual(ended.code, 7);
    assert.include(ended.stderr, "SLUICE-KEY-UNCHECKED");
    assert.deepStrictEqual(state.files(), []);
    const unchecked = await sluice([...piped, "--no-check", "--json"], env, { stdin: key });
    assert.strictEqual(unchecked.code, 0);
    assert.strictEqual(resultOf(unchecked)["check"], "skipped");
    assert.lengthOf(state.records(), 1);
  });

  it("does nothing with -n but say what it would do", async () => {
    const { state, env } = setUp();
    const asked = watch(studio);
    const { code, stdout, stderr } = await sluice([...piped, "-n"], env, { stdin: key });
    assert.deepStrictEqual([code, stdout], [0, ""]);
    assert.match(stderr, /^would ask .*\nwould store {2}the key of livepeer-studio in /m);
    assert.deepStrictEqual([asked().length, state.files()], [0, []]);
  });

  it("refuses a gateway that takes no key, and a pipe without --with-key", async () => {
    const cloud = await sluice(["auth", "login", "--with-key"], {}, { stdin: key });
    assert.strictEqual(cloud.code, 2);
    assert.include(cloud.stderr, "livepeer-cloud takes no key");
    const pipe = await sluice(login, {}, { stdin: key });
    assert.strictEqual(pipe.code, 2);
    assert.include(pipe.stderr, "sluice auth login -g livepeer-studio --with-key < key.txt");
  });

  it("takes no key for an address that only a project's file names", async () => {
    const { state } = setUp();
    const cwd = mkdtempSync(join(home, "project-"));
    writeFileSync(join(cwd, "sluice.config.toml"), 'gateway = "https://gateway.invalid"\n');
    const ended = await sluice(["auth", "login", "--with-key"], state.env, { cwd, stdin: key });
    assert.strictEqual(ended.code, 2);
    assert.include(ended.stderr, "sluice auth login -g https://gateway.invalid");
    assert.deepStrictEqual(state.files(), []);
  });
});

describe("sluice auth login on a terminal", () => {
  it("asks for the key without showing it", async () => {
    const { state, env } = setUp();
    const screen = openTerminal(login, env, { columns: 200, rows: 24 });
    await screen.shows("? Key for livepeer-studio (not shown):");
    // A slip, taken back, and a paste with the marks that a terminal puts around it.
    screen.type(`x\u007F\u001B[200~${key}\u001B[201~\r`);
    assert.strictEqual(await screen.ended, 0);
    assert.include(screen.text(), `(not shown): ${"*".repeat(key.length)}`);
    assert.match(screen.text(), /✔ accepted by the gateway .*\n✔ stored in /);
    assert.notInclude(screen.raw(), key);
    assert.deepStrictEqual(Object.values(state.keys()), [key]);
  });

  it("stores nothing after Ctrl-C", async () => {
    const { state, env } = setUp();
    const screen = openTerminal(login, env);
    await screen.shows("(not shown):");
    screen.type("half-a-key\u0003");
    assert.strictEqual(await screen.ended, 130);
    assert.notInclude(screen.raw(), "half-a-key");
    assert.deepStrictEqual(state.files(), []);
  });

  it("does not ask with --no-input", async () => {
    const { code, text } = await onTerminal([...login, "--no-input"], setUp().env);
    assert.strictEqual(code, 2);
    assert.include(text, "there is no terminal to ask for the key on");
  });
});

describe("sluice auth status", () => {
  it("shows each key by its fingerprint, and which of them counts", async () => {
    const { state, env } = await signedIn();
    const variables = { ...env, LIVEPEER_API_KEY: "emulated-other-user-key", SLUICE_GATEWAY: "livepeer-studio" };
    const { code, stdout, stderr } = await sluice(["auth", "status"], variables);
    assert.deepStrictEqual([code, stderr], [0, ""]);
    const [head = "", first = "", second = ""] = stdout.split("\n");
    assert.match(head, /^GATEWAY +SOURCE +FINGERPRINT +AGE +ROTATE IN$/);
    assert.match(first, /^livepeer-studio +LIVEPEER_API_KEY +sha256:[0-9a-f]{8} +– +–$/);
    assert.match(second, new RegExp(`^livepeer-studio +file +${state.records()[0]?.fingerprint ?? "none"} +0d +90d$`));
    const { keys } = resultOf(await sluice(["auth", "status", "--json"], variables)) as {
      keys: Array<{ used: boolean }>;
    };
    assert.deepStrictEqual(
      keys.map(({ used }) => used),
      [true, false],
    );
  });

  it.each([
    [75, "15d", undefined],
    [76, "14d", /^! the key of livepeer-studio is to be replaced in 14 days: /m],
    [89, "1d", /to be replaced in 1 day: /],
    [90, "overdue", /^! the key of livepeer-studio is 90 days old, and the checklist replaces keys after 90: /m],
  ])("after %i days says %s", async (days, word, warning) => {
    const { state, env } = await signedIn();
    state.age(days);
    const { code, stdout, stderr } = await sluice(["auth", "status"], env);
    assert.strictEqual(code, 0);
    assert.match(stdout, new RegExp(` ${days}d +${word}$`, "m"));
    if (warning === undefined) assert.strictEqual(stderr, "");
    else assert.match(stderr, warning);
  });

  it("with --check ends with 4 when a gateway refuses one, and says nothing of the key", async () => {
    const { state, env } = await signedIn();
    const good = await sluice(["auth", "status", "--check"], env);
    assert.strictEqual(good.code, 0);
    assert.match(good.stdout, /90d {2}accepted$/m);
    const bad = { ...env, LIVEPEER_API_KEY: "emulated-nonsense-key", SLUICE_GATEWAY: "livepeer-studio" };
    const ended = await sluice(["auth", "status", "--check", "--json"], bad);
    assert.strictEqual(ended.code, 4);
    assert.deepInclude(resultOf(ended), { code: "SLUICE-KEY-REFUSED", warnings: [] });
    for (const secret of [key, "emulated-nonsense-key"]) hides(ended, secret);
    state.hides(key);
    const screen = await onTerminal(["auth", "status", "--check"], bad, { columns: 200, rows: 24 });
    assert.strictEqual(screen.code, 4);
    assert.match(screen.text, /LIVEPEER_API_KEY .* refused \(401\)$/m);
    assert.match(screen.text, /✗ SLUICE-KEY-REFUSED {2}1 of 2 keys refused: livepeer-studio$/m);
  });

  it("shows a key whose keychain is out of reach, and checks the others", async () => {
    const { state, env } = await signedIn();
    state.change({ store: "keychain" });
    const off = { ...env, SLUICE_KEYCHAIN: "off" };
    const { code, stdout, stderr } = await sluice(["auth", "status", "--check"], off);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^livepeer-studio +keychain +sha256:/m);
    assert.match(
      stderr,
      /^! the key of livepeer-studio is in .*, which cannot be used: SLUICE_KEYCHAIN turns it off$/m,
    );
    const used = await sluice(["keys", "inspect", "-g", "livepeer-studio", "--json"], off);
    assert.deepStrictEqual([used.code, resultOf(used)["code"]], [4, "SLUICE-KEYCHAIN"]);
  });

  it("says which file is not what was written, and quotes nothing of it", async () => {
    const { state, env } = await signedIn();
    writeFileSync(join(state.folder, "keys.json"), `{"keys": [{"key": "${key}"}]}`);
    const ended = await sluice(["auth", "status"], env);
    assert.strictEqual(ended.code, 1);
    assert.match(ended.stderr, /SLUICE-KEY-STORE {2}\/.*keys\.json is not what Sluice wrote/);
    hides(ended, key);
  });

  it("warns when others may read the keys", async () => {
    const { state, env } = await signedIn();
    chmodSync(join(state.folder, "credentials.json"), 0o644);
    assert.match(
      (await sluice(["auth", "status"], env)).stderr,
      /^! others can read .*credentials\.json: chmod 600 it/m,
    );
  });

  it("says how to sign in when there is no key", async () => {
    const { state } = setUp();
    const { code, stdout, stderr } = await sluice(["auth", "status"], state.env);
    assert.deepStrictEqual([code, stdout, stderr], [0, "", "no key is known   sluice auth login -g livepeer-studio\n"]);
  });
});

describe("sluice auth logout", () => {
  const logout = ["auth", "logout", "-g", "livepeer-studio"];

  it("removes the key and what was known of it; without a terminal only with --yes", async () => {
    const { state, env } = await signedIn();
    const unasked = await sluice(logout, env);
    assert.deepStrictEqual([unasked.code, state.records().length], [2, 1]);
    const { code, stdout, stderr } = await sluice([...logout, "-y"], env);
    assert.deepStrictEqual([code, stdout], [0, ""]);
    assert.match(stderr, /^✔ removed the key of livepeer-studio from /);
    assert.deepStrictEqual([state.files(), state.records()], [["keys.json"], []]);
    assert.deepInclude(resultOf(await sluice([...logout, "--json"], env)), { ok: true, removed: false });
  });

  it("asks on a terminal, and takes anything but yes for no", async () => {
    const { state, env } = await signedIn();
    const answered = async (answer: string) => {
      const screen = openTerminal(logout, env, { columns: 200, rows: 24 });
      await screen.shows("[y/N]");
      screen.type(answer);
      return { code: await screen.ended, kept: state.records().length };
    };
    assert.deepStrictEqual(await answered("\r"), { code: 0, kept: 1 });
    assert.deepStrictEqual(await answered("\u0003"), { code: 130, kept: 1 });
    assert.deepStrictEqual(await answered("y\r"), { code: 0, kept: 0 });
  });

  it("names the gateways that have a key, when this one has none", async () => {
    const { env } = await signedIn();
    const { code, stderr } = await sluice(["auth", "logout", "-y"], { ...env, SLUICE_GATEWAY_URL: "" });
    assert.strictEqual(code, 2);
    assert.include(stderr, `-g ${studio.url}`);
  });
});
