/** `sluice launch check` as people and programs meet it. What each check finds is tested where the checks are. */
import { startEmulator } from "@sluice/emulator";
import { checks, LaunchReport } from "@sluice/readiness";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { type Ended, resultOf, sluice } from "../sluice.ts";
import { temporaryFolder } from "../folder.ts";
import { silentBus } from "../silentBus.ts";
import { onTerminal, large } from "../terminal.ts";
import { application, contact } from "./application.ts";

const check = (cwd: string, ...args: ReadonlyArray<string>) => sluice(["launch", "check", ...args], {}, { cwd });

const reportOf = (ended: Ended): LaunchReport => LaunchReport.parse(resultOf(ended)["report"]);

describe("sluice launch check", () => {
  it("says what was seen, and ends with 0 when nothing keeps the launch back", async () => {
    using folder = application({ "launch.toml": contact });
    const { code, stdout, stderr } = await check(folder.path, "--only", "S2");
    assert.strictEqual(code, 0, stderr);
    assert.match(stdout, /^LAUNCH READINESS {2}\S+ · 1 of 26 checks {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
    assert.match(stdout, /^LAUNCH\n✔ S2 {2}\S.* {3}on-call@example\.com$/m);
    assert.match(stdout, /^1 pass {2}READY$/m);
    assert.strictEqual(stderr, "");
  });

  it("says what to do below what is not well, and ends with 10", async () => {
    using folder = application();
    const { code, stdout, stderr } = await check(folder.path, "--only", "O1,launch", "--offline");
    assert.strictEqual(code, 10);
    assert.match(stdout, /^\? S1 .*\n(?: +.*\n)* +why +.*\n(?: +.*\n)* +fix +/m);
    assert.match(stdout, /^ +or +sluice launch attest O1 --by you --evidence "…"$/m);
    assert.match(stdout, /^✗ S2 .*launch\.toml names nobody\n +fix +Add to launch\.toml: \[incident\]/m);
    assert.match(stdout, /^! there is no launch\.toml: `sluice init` writes one$/m);
    assert.match(stdout, /^1 fail, 2 manual {2}NOT READY$/m);
    assert.match(stderr, /^✗ SLUICE-NOT-READY {2}not ready: .*; held back by O1, S1, S2$/m);
  });

  it("gives programs the whole report, ready or not", async () => {
    using folder = application({ "launch.toml": contact });
    const ready = await check(folder.path, "--only", "s2", "--json");
    assert.deepInclude(resultOf(ready), { ok: true, code: "OK" });
    assert.deepInclude(reportOf(ready), { ready: true, failOn: "manual" });
    const held = await check(folder.path, "--only", "S1,S2", "--offline", "--json");
    assert.strictEqual(held.code, 10);
    assert.deepInclude(resultOf(held), { ok: false, code: "SLUICE-NOT-READY" });
    assert.deepStrictEqual(
      reportOf(held).checks.map(({ id, status, blocks }) => [id, status, blocks]),
      [
        ["S1", "manual", true],
        ["S2", "pass", false],
      ],
    );
  });

  it("runs every check, in any folder, and spends and changes nothing", async () => {
    using folder = application({ "app.py": "print('hello')\n" });
    const ended = await sluice(["launch", "check", folder.path, "--offline", "--json"]);
    assert.strictEqual(ended.code, 10);
    assert.strictEqual(reportOf(ended).checks.length, checks.length);
    assert.isFalse(existsSync(join(folder.path, ".sluice")));
  });

  it("holds back by the threshold that is asked for", async () => {
    using folder = application({ "launch.toml": contact });
    const { code, stdout } = await check(folder.path, "--only", "launch", "--offline", "--fail-on", "fail");
    assert.strictEqual(code, 0);
    assert.match(stdout, / {2}READY$/m);
  });

  it("lives with what a baseline knows, and with no more", async () => {
    using folder = application();
    const args = ["--only", "launch", "--offline"];
    const first = await check(folder.path, ...args, "--write-baseline", "known.json");
    assert.strictEqual(first.code, 10);
    assert.include(first.stderr, "wrote known.json");
    const again = await check(folder.path, ...args, "--baseline", "known.json");
    assert.strictEqual(again.code, 0, again.stderr);
    assert.match(again.stdout, /^✗ S2 .*\(known: in the baseline\)$/m);
    folder.write("known.json", '{"version":1,"at":"2026-11-22T00:00:00Z","checks":{"S1":"manual"}}');
    assert.strictEqual((await check(folder.path, ...args, "--baseline", "known.json")).code, 10);
  });

  it("adds to a baseline what other checks find, and writes over nothing else", async () => {
    using folder = application({ "app.json": "{}" });
    const write = (only: string, file: string) =>
      check(folder.path, "--offline", "--only", only, "--write-baseline", file);
    await write("S1", "known.json");
    assert.strictEqual((await write("S2", "known.json")).code, 10);
    const both = await check(folder.path, "--offline", "--only", "launch", "--baseline", "known.json");
    assert.strictEqual(both.code, 0, both.stdout);
    const refused = await write("S1", "app.json");
    assert.strictEqual(refused.code, 2);
    assert.include(refused.stderr, "app.json is there, and is no baseline");
    assert.strictEqual(readFileSync(join(folder.path, "app.json"), "utf8"), "{}");
  });

  it("prints the formats that others read", async () => {
    using folder = application();
    const args = ["--only", "S2", "--offline", "--format"];
    const starts: ReadonlyArray<readonly [string, RegExp]> = [
      ["md", /^# .*\n/],
      ["junit", /^<\?xml .*<failure /s],
      ["github", /^::error .*S2/],
    ];
    for (const [format, start] of starts) {
      const { code, stdout } = await check(folder.path, ...args, format);
      assert.strictEqual(code, 10, format);
      assert.match(stdout, start);
      assert.match(stdout, /[^\n]\n$/);
    }
    const sarif = JSON.parse((await check(folder.path, ...args, "sarif")).stdout) as { readonly version: string };
    assert.strictEqual(sarif.version, "2.1.0");
  });

  it("names files for a code host from the top of the repository", async () => {
    using top = application({ "apps/shop/launch.toml": "", ".github/dependabot.yml": "version: 1\n" });
    execFileSync("git", ["init", "-q"], { cwd: top.path });
    const { stdout } = await check(join(top.path, "apps/shop"), "--only", "S2,A5", "--offline", "--format", "sarif");
    assert.include(stdout, '"uri": "apps/shop/launch.toml"');
    assert.include(stdout, '"uri": ".github/dependabot.yml"');
  });

  it("names the mistake in a launch.toml, and where it is", async () => {
    using folder = application({ "launch.toml": "timeout_seconds = -1\nnonsense = true\n" });
    const { code, stderr } = await check(folder.path, "--only", "S2");
    assert.strictEqual(code, 2);
    assert.match(stderr, /^✗ SLUICE-CONFIG {2}2 mistakes in launch\.toml\n/);
    assert.match(stderr, /^ {2}timeout_seconds /m);
    folder.write("launch.toml", "= 3\n");
    assert.match((await check(folder.path)).stderr, /^✗ SLUICE-CONFIG {2}launch\.toml: it is not TOML in line 1$/m);
    folder.write("launch.attest.toml", "attestations = 3\n");
    folder.write("launch.toml", contact);
    const attested = await check(folder.path);
    assert.strictEqual(attested.code, 2);
    assert.match(attested.stderr, /^✗ SLUICE-CONFIG {2}launch\.attest\.toml/m);
  });

  it.each(["launch.toml", "launch.attest.toml"])("does not take a %s that it cannot read for none", async (name) => {
    using folder = application({ [`${name}/inner`]: "" });
    const { code, stdout, stderr } = await check(folder.path, "--only", "launch", "--offline");
    assert.strictEqual(code, 2, stdout);
    assert.include(stderr, `✗ SLUICE-CONFIG  ${name} cannot be read: EISDIR\n`);
  });

  it("waits three seconds for a keychain that says nothing, however many keys it has", async () => {
    await using bus = await silentBus();
    using folder = application({ "launch.toml": contact });
    const keys = ["one", "two", "three"].map((gateway) => ({
      ...{ gateway, baseUrl: `https://${gateway}.example.com`, account: gateway, store: "keychain" },
      ...{ fingerprint: "sha256:0123456789ab", added: "2026-11-01T00:00:00.000Z" },
    }));
    using state = temporaryFolder();
    mkdirSync(join(state.path, "sluice"));
    writeFileSync(join(state.path, "sluice/keys.json"), JSON.stringify({ version: 1, keys }));
    const env = { XDG_STATE_HOME: state.path, DBUS_SESSION_BUS_ADDRESS: bus.address };
    const begun = performance.now();
    const ended = await sluice(["launch", "check", "--only", "A3", "--offline", "--json"], env, { cwd: folder.path });
    const took = performance.now() - begun;
    assert.match(reportOf(ended).checks[0]?.evidence ?? "", /one.*two.*three/);
    assert.isAtLeast(took, 2_900);
    assert.isBelow(took, 8_000);
  });

  it("refuses what makes no sense, before it looks", async () => {
    using folder = application({ "bad.json": "{}" });
    const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
      [["--only", "S2,X9"], /there is no check "X9"\n {2}fix +`sluice launch explain` lists/],
      [["--only", "monitorng"], /there is no check "monitorng"\n {2}fix +Did you mean monitoring\?/],
      [["--only", "error-handlin"], /Did you mean error-handling\?/],
      [["--prometheus", "127.0.0.1:9090"], /--prometheus: "127\.0\.0\.1:9090" is no http\(s\) address/],
      [["--probe"], /--probe spends money/],
      [["--baseline", "bad.json"], /bad\.json is no baseline/],
      [["--config", "nowhere.toml"], /nowhere\.toml cannot be read/],
      [["nowhere"], /there is no folder/],
    ];
    for (const [args, reason] of wrong) {
      const { code, stdout, stderr } = await check(folder.path, ...args);
      assert.strictEqual(code, 2, args.join(" "));
      assert.strictEqual(stdout, "");
      assert.match(stderr, reason);
    }
  });

  it("tells on a terminal what it looks at, and keeps within it", async () => {
    using folder = application();
    const { code, text, raw } = await onTerminal(
      ["launch", "check", "--only", "launch", "--offline"],
      {},
      { ...large, columns: 60, cwd: folder.path },
    );
    assert.strictEqual(code, 10);
    assert.match(raw, /0 of 2 checks {2}begins/);
    assert.isTrue(text.split("\n").every((line) => line.length <= 60));
  });
});

describe("sluice launch check --probe", () => {
  const model = "SG161222/RealVisXL_V4.0_Lightning";
  const said = (gateway: string) =>
    `gateway = "${gateway}"\n[[models]]\npipeline = "text-to-image"\nmodel = "${model}"\n`;

  it("asks the models that production waits for, and records the calls", async () => {
    await using emulator = await startEmulator({ latencyMs: 0 });
    using folder = application({ "launch.toml": said(emulator.url) });
    const ended = await check(folder.path, "--only", "M1", "--probe", "--max-cost", "0.01", "--json");
    assert.strictEqual(emulator.journal().length, 1);
    assert.deepInclude(reportOf(ended).checks[0], { id: "M1", status: "pass" });
  });

  it("sends none that would cost more than all may", async () => {
    await using emulator = await startEmulator({ latencyMs: 0 });
    using folder = application({ "launch.toml": said(emulator.url) });
    const ended = await check(folder.path, "--only", "M1", "--probe", "--max-cost", "0.000001", "--json");
    assert.strictEqual(emulator.journal().length, 0);
    assert.notDeepInclude(reportOf(ended).checks[0], { status: "pass" });
  });
});
