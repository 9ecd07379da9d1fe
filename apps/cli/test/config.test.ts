import * as fc from "fast-check";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { chooseFile } from "../src/config/chooseFile.ts";
import { setIn, tomlValue, unsetIn } from "../src/config/toml.ts";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal, small } from "./terminal.ts";

let folder: string;
let project: string;
let user: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
  project = join(folder, "sluice.config.toml");
  user = join(folder, "xdg", "sluice", "config.toml");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ XDG_CONFIG_HOME: join(folder, "xdg") });

const config = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) =>
  sluice(["config", ...args], { ...environment(), ...env }, { cwd: folder });

const writeUser = (content: string): void => {
  mkdirSync(join(folder, "xdg", "sluice"), { recursive: true });
  writeFileSync(user, content);
};

describe("sluice config list", () => {
  it("shows each setting's value and, with --origin, where it comes from", async () => {
    const { code, stdout, stderr } = await config(["list", "--origin"], { SLUICE_TIMEOUT: "90s" });
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.match(stdout, /^timeout {8}90s {13}SLUICE_TIMEOUT$/m);
    assert.match(stdout, /^gateway {8}livepeer-cloud {2}default$/m);
  });

  it("says where the key comes from, and never the key", async () => {
    const key = { LIVEPEER_API_KEY: "3f0e6a1c-1111-4000-8000-0123456789ab" };
    const { stdout } = await config(["list", "--origin"], key);
    assert.match(stdout, /^api_key {8}\(hidden\) {8}LIVEPEER_API_KEY$/m);
    const result = await config(["list", "--json"], key);
    assert.deepInclude(resultOf(result), { apiKey: { isSet: true, source: "LIVEPEER_API_KEY" } });
    assert.notInclude(stdout + result.stdout, "3f0e6a1c");
  });

  it("colours its head on a terminal, and not with NO_COLOR", async () => {
    const coloured = await onTerminal(["config", "list"]);
    const plain = await onTerminal(["config", "list"], { NO_COLOR: "1" });
    assert.strictEqual(coloured.code, 0);
    assert.include(coloured.raw, "\u001B[1mSETTING");
    assert.notInclude(plain.raw, "\u001B[1m");
    assert.strictEqual(plain.text, coloured.text);
  });

  it("tells gateway_url's line from gateway's", async () => {
    writeFileSync(project, 'gateway_url = "http://127.0.0.1:1"\ngateway = "emulator"\n');
    const { stdout } = await config(["list", "--origin"]);
    assert.match(stdout, /^gateway {2,}emulator {2,}\S+sluice\.config\.toml:2$/m);
    assert.match(stdout, /^gateway_url {2,}\S+ {2,}\S+sluice\.config\.toml:1$/m);
  });
});

describe("sluice config get", () => {
  it("prints a result for programs", async () => {
    const ended = await config(["get", "gateway", "--json"], { SLUICE_GATEWAY: "emulator" });
    assert.deepInclude(resultOf(ended), {
      setting: { name: "gateway", value: "emulator", from: "environment", where: "SLUICE_GATEWAY" },
    });
  });

  it("suggests a name, and gives no key", async () => {
    const typo = await config(["get", "gatewy"]);
    assert.strictEqual(typo.code, 2);
    assert.match(typo.stderr, /"gatewy" is no setting\n {2}fix {7}Did you mean gateway\?/);
    const key = await config(["get", "api_key"], { LIVEPEER_API_KEY: "not-to-be-seen" });
    assert.strictEqual(key.code, 2);
    assert.strictEqual(key.stdout, "");
    assert.match(key.stderr, /a key is no setting/);
    assert.notInclude(key.stderr, "not-to-be-seen");
  });
});

describe("sluice config set", () => {
  it("writes to the project's file where there is one, and leaves its other lines", async () => {
    writeFileSync(project, '# ours\ngateway = "emulator" # for now\n\n# timeout = "300s"\n');
    const { code, stdout, stderr } = await config(["set", "gateway", "livepeer-studio"]);
    assert.strictEqual(code, 0);
    assert.strictEqual(stdout, "");
    assert.strictEqual(stderr, `✔ ${project}:2 wrote gateway = "livepeer-studio", instead of "emulator"\n`);
    await config(["set", "timeout", "90s"]);
    assert.strictEqual(
      readFileSync(project, "utf8"),
      '# ours\ngateway = "livepeer-studio" # for now\n\n# timeout = "300s"\ntimeout = "90s"\n',
    );
    assert.deepStrictEqual(readdirSync(folder), ["sluice.config.toml"]);
  });

  it("writes to the user's file elsewhere, through a link, and keeps its mode", async () => {
    const ended = await config(["set", "max_cost", "0.05", "--json"]);
    assert.deepInclude(resultOf(ended), {
      setting: "max_cost",
      value: "0.05",
      previous: null,
      path: user,
      line: 1,
      changed: true,
    });
    assert.strictEqual(readFileSync(user, "utf8"), 'max_cost = "0.05"\n');

    const dotfile = join(folder, "dotfile.toml");
    writeFileSync(dotfile, "history = true\n", { mode: 0o600 });
    rmSync(user);
    symlinkSync(dotfile, user);
    await config(["set", "history", "false", "--user"]);
    assert.strictEqual(readFileSync(dotfile, "utf8"), "history = false\n");
    assert.strictEqual(statSync(dotfile).mode & 0o777, 0o600);
    assert.isTrue(lstatSync(user).isSymbolicLink());
  });

  it("begins a project's file with --project, and shows it alone with -n", async () => {
    const shown = await config(["set", "gateway", "emulator", "--project", "-n"]);
    assert.strictEqual(shown.stderr, `– ${project}:1 would write gateway = "emulator"\n`);
    assert.deepStrictEqual(readdirSync(folder), []);
    await config(["set", "gateway", "emulator", "--project"]);
    assert.strictEqual(readFileSync(project, "utf8"), 'gateway = "emulator"\n');
    const again = await config(["set", "gateway", "emulator", "--json"]);
    assert.deepInclude(resultOf(again), { changed: false, previous: '"emulator"' });
  });

  it("says what wins over it", async () => {
    writeFileSync(project, 'timeout = "5s"\n');
    const byFile = await config(["set", "timeout", "90s", "--user"]);
    assert.match(byFile.stderr, new RegExp(`^! ${project}:1 sets it as well, and wins$`, "m"));
    const byVariable = await config(["set", "timeout", "90s", "--json"], { SLUICE_TIMEOUT: "1s" });
    assert.deepInclude(resultOf(byVariable), { overriddenBy: "SLUICE_TIMEOUT" });
  });

  it("refuses what is no setting, no value, or a key, and writes nothing", async () => {
    const refused = [
      { args: ["timeout", "soon"], says: /timeout: "soon" is not a duration/ },
      { args: ["gateway", "livepeer-clod"], says: /Did you mean livepeer-cloud\?/ },
      { args: ["tiemout", "90s"], says: /Did you mean timeout\?/ },
      { args: ["api_key", "hidden-one"], says: /a key is no setting/ },
      { args: ["output_folder", "3f0e6a1c-1111-4000-8000-0123456789ab"], says: /it holds a key \(a UUID\)/ },
      { args: ["gateway_url", "https://me:hunter2@a.example"], says: /a password in an address/ },
      { args: ["timeout", "9s", "--user", "--project"], says: /exclude each other/ },
    ];
    for (const { args, says } of refused) {
      const { code, stdout, stderr } = await config(["set", ...args]);
      assert.strictEqual(code, 2, stderr);
      assert.strictEqual(stdout, "");
      assert.match(stderr, says);
      assert.notMatch(stderr, /hidden-one|3f0e6a1c|hunter2/);
    }
    assert.deepStrictEqual(readdirSync(folder), []);
  });

  it("leaves a file alone that it does not understand", async () => {
    writeFileSync(project, "gateway = \n");
    const broken = await config(["set", "gateway", "emulator"]);
    assert.strictEqual(broken.code, 2);
    assert.match(broken.stderr, /^✗ SLUICE-CONFIG {2}\S+sluice\.config\.toml: /);
    writeFileSync(project, 'gateway = """\nemulator"""\n');
    const long = await config(["set", "gateway", "livepeer-cloud"]);
    assert.match(long.stderr, /gateway is written in a way that only you can change/);
    assert.strictEqual(readFileSync(project, "utf8"), 'gateway = """\nemulator"""\n');
  });

  it("tells the same on a terminal", async () => {
    const { code, text } = await onTerminal(["config", "set", "preview", "none"], environment(), {
      ...small,
      columns: 200,
      cwd: folder,
    });
    assert.strictEqual(code, 0);
    assert.strictEqual(text, `✔ ${user}:1 wrote preview = "none"`);
  });
});

describe("sluice config unset", () => {
  it("takes a line out, also one that is no setting", async () => {
    writeFileSync(project, '# ours\ntiemout = "5s"\ngateway = "emulator"\n');
    const { code, stderr } = await config(["unset", "tiemout"]);
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, `✔ ${project}:2 lost tiemout = "5s"\n`);
    const shown = await config(["unset", "gateway", "-n", "--json"]);
    assert.deepInclude(resultOf(shown), { setting: "gateway", previous: '"emulator"', changed: true, dryRun: true });
    assert.strictEqual(readFileSync(project, "utf8"), '# ours\ngateway = "emulator"\n');
  });

  it("is content with what is not there, and not with what cannot be", async () => {
    const nothing = await config(["unset", "gateway", "--json"]);
    assert.strictEqual(nothing.code, 0);
    assert.deepInclude(resultOf(nothing), { changed: false, previous: null });
    const typo = await config(["unset", "gatewy"]);
    assert.strictEqual(typo.code, 2);
    assert.match(typo.stderr, /Did you mean gateway\?/);
  });
});

describe("sluice config path", () => {
  it("names the files in the order in which they win", async () => {
    const alone = await config(["path"]);
    assert.strictEqual(alone.stdout, `${user}\n`);
    assert.match(alone.stderr, /^no sluice\.config\.toml here or above/);
    writeFileSync(project, "");
    const both = await config(["path", "--json"]);
    assert.deepInclude(resultOf(both), {
      files: [
        { from: "project", path: project, exists: true },
        { from: "user", path: user, exists: false },
      ],
    });
  });
});

describe("sluice config validate", () => {
  it("tells every mistake of all files and variables, and ends with 2", async () => {
    writeFileSync(project, 'tiemout = "9s"\npreview = "always"\n[gateway]\nname = "x"\n');
    writeUser('max_cost = "much"\n');
    const { code, stdout, stderr } = await config(["validate"], { SLUICE_GATEWAY: "livepeer-clod" });
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✗ SLUICE-CONFIG {2}5 mistakes\n/);
    assert.match(stderr, /sluice\.config\.toml:1 {2}"tiemout" is no setting\. Did you mean timeout\?\n/);
    assert.match(stderr, /sluice\.config\.toml:2 {2}preview: "always" is none of/);
    assert.match(stderr, /sluice\.config\.toml:3 {2}gateway must be a text/);
    assert.match(stderr, /xdg\/sluice\/config\.toml:1 {2}max_cost: "much" is no amount of USD/);
    assert.match(stderr, /SLUICE_GATEWAY {2}.*Did you mean livepeer-cloud\?/);
  });

  it("says so when there is none", async () => {
    writeFileSync(project, 'timeout = "9s"\n');
    const { code, stdout, stderr } = await config(["validate"]);
    assert.deepStrictEqual([code, stdout, stderr], [0, "", `✔ no mistake in ${project}\n`]);
    const broken = await config(["validate", "--json"], { SLUICE_PREVIEW: "always" });
    const [mistake] = resultOf(broken)["mistakes"] as ReadonlyArray<object>;
    assert.deepInclude(mistake, { where: "SLUICE_PREVIEW", fix: "unset SLUICE_PREVIEW" });
  });
});

describe("the file of a setting", () => {
  it("is never a project's for what only the user may set", () => {
    writeFileSync(project, "");
    const wish = { user: false, project: false, userOnly: true, env: environment(), folder };
    assert.deepStrictEqual(chooseFile("x", wish), { path: user, owner: "user" });
    const refused = chooseFile("x", { ...wish, project: true });
    assert.deepInclude(refused, { _tag: "Failed", code: "SLUICE-USAGE" });
    assert.deepStrictEqual(chooseFile("x", { ...wish, userOnly: false }), { path: project, owner: "project" });
  });
});

describe("a line of TOML", () => {
  const words = fc.string({ unit: "grapheme" }).filter((text) => text !== "true" && text !== "false");

  it("means the text that it was made of, and leaves the rest as it was", () => {
    const files = ["", "# a\n", 'a = "b" # c\n', "x = 'y # z' # w\r\nother = 1\r\n", "x = 3", "[table]\nx = 1\n"];
    fc.assert(
      fc.property(words, fc.constantFrom(...files), (text, file) => {
        const { content = "" } = setIn(file, "x", tomlValue(text)) ?? {};
        assert.deepEqual({ ...parse(content) }, { ...parse(file), x: text });
        const { content: without = "" } = unsetIn(content, "x") ?? {};
        const { x: _, ...others } = parse(file);
        assert.deepEqual({ ...parse(without) }, others);
      }),
    );
  });

  it("keeps the comment behind it and the ends of lines", () => {
    assert.strictEqual(setIn("x = 'y # z'  # w\r\n", "x", '"a"')?.content, 'x = "a"  # w\r\n');
    assert.strictEqual(setIn("x=3#w", "x", "true")?.content, "x=true#w");
    assert.isUndefined(setIn('x = """a\nb"""', "x", '"c"'));
  });
});
