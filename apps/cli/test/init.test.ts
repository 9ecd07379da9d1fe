import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { envExample } from "../src/init/envExample.ts";
import { extendedGitignore } from "../src/init/gitignore.ts";
import { settingsFile } from "../src/init/settingsFile.ts";
import { definitions, settingNames } from "../src/settings/definitions.ts";
import { mistakeInValue } from "../src/settings/mistakeInValue.ts";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal, openTerminal, small } from "./terminal.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-init-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

const init = (...args: ReadonlyArray<string>) => sluice(["init", ...args], {}, { cwd: folder });

describe("sluice init, in a pipe", () => {
  it("writes three files for the default gateway, a line for each, and says how to go on", async () => {
    const { code, stdout, stderr } = await init();
    assert.strictEqual(code, 0);
    assert.strictEqual(stdout, "✔ wrote     sluice.config.toml\n✔ wrote     .env.example\n✔ wrote     .gitignore\n");
    assert.strictEqual(stderr, '\nnext  sluice doctor\n      sluice generate text-to-image "a red fox in snow"\n');
    assert.deepStrictEqual(parse(read("sluice.config.toml")), { gateway: "livepeer-cloud" });
    assert.strictEqual(read(".gitignore"), ".env\nout/\n");
    assert.deepStrictEqual(readdirSync(folder).toSorted(), [".env.example", ".gitignore", "sluice.config.toml"]);

    const listed = await sluice(["config", "get", "gateway", "--json"], {}, { cwd: folder });
    assert.deepInclude(resultOf(listed), {
      setting: {
        name: "gateway",
        value: "livepeer-cloud",
        from: "project",
        where: `${join(folder, "sluice.config.toml")}:5`,
      },
    });
  });

  it("keeps what is there, adds what a .gitignore lacks, and says how to set what was asked for", async () => {
    writeFileSync(join(folder, "sluice.config.toml"), "# mine\n");
    writeFileSync(join(folder, ".gitignore"), "node_modules/\n.env*");
    const { code, stdout, stderr } = await init("--gateway", "livepeer-studio");
    assert.strictEqual(code, 0);
    assert.strictEqual(stdout, "– kept      sluice.config.toml\n✔ wrote     .env.example\n✔ added to  .gitignore\n");
    assert.match(
      stderr,
      /^next {2}sluice config set gateway livepeer-studio\n {6}sluice auth login -g livepeer-studio$/m,
    );
    assert.strictEqual(read("sluice.config.toml"), "# mine\n");
    assert.strictEqual(read(".gitignore"), "node_modules/\n.env*\n!.env.example\nout/\n");

    const again = await init();
    assert.strictEqual(
      again.stdout,
      "– kept      sluice.config.toml\n– kept      .env.example\n– kept      .gitignore\n",
    );
  });

  it("writes anew with --force, and never less of a .gitignore", async () => {
    writeFileSync(join(folder, "sluice.config.toml"), "# mine\n");
    writeFileSync(join(folder, ".gitignore"), "secret/\n");
    const ended = await init("--force", "--gateway", "http://127.0.0.1:8935/", "--json");
    assert.strictEqual(ended.code, 0);
    assert.deepInclude(resultOf(ended), {
      gateway: "http://127.0.0.1:8935/",
      dryRun: false,
      files: [
        { path: "sluice.config.toml", action: "replaced" },
        { path: ".env.example", action: "written" },
        { path: ".gitignore", action: "extended" },
      ],
    });
    assert.strictEqual(ended.stderr, "");
    assert.deepStrictEqual(parse(read("sluice.config.toml")), { gateway: "http://127.0.0.1:8935/" });
    assert.strictEqual(read(".gitignore"), "secret/\n.env\nout/\n");
  });

  it("writes nothing with -n", async () => {
    const { code, stdout } = await init("-n");
    assert.strictEqual(code, 0);
    assert.match(stdout, /^– would write {4}sluice\.config\.toml$/m);
    assert.deepStrictEqual(readdirSync(folder), []);
  });

  it("refuses a gateway that there is not, before it writes", async () => {
    const typo = await init("--gateway", "livepeer-studo");
    assert.strictEqual(typo.code, 2);
    assert.strictEqual(typo.stdout, "");
    assert.match(typo.stderr, /^✗ SLUICE-USAGE .*Did you mean livepeer-studio\?/);
    const own = await init("--gateway", "go-livepeer", "--json");
    assert.strictEqual(own.code, 2);
    assert.deepInclude(resultOf(own), { ok: false, code: "SLUICE-USAGE" });
    assert.deepStrictEqual(readdirSync(folder), []);
  });
});

describe("sluice init, on a terminal", () => {
  it("asks which gateway, and for the address of one's own", async () => {
    const screen = openTerminal(["init"], {}, { ...small, cwd: folder });
    await screen.shows("Which gateway?");
    await screen.shows("livepeer-studio");
    screen.type("\u001B[B");
    screen.type("\u001B[B");
    await screen.shows(/❯ go-livepeer/);
    screen.type("\r");
    await screen.shows("Its address");
    screen.type("\r");
    assert.strictEqual(await screen.ended, 0);
    assert.match(screen.text(), /✔ wrote {5}sluice\.config\.toml/);
    assert.deepStrictEqual(parse(read("sluice.config.toml")), {
      gateway: "go-livepeer",
      gateway_url: "http://127.0.0.1:8935",
    });
  });

  it("writes nothing when the question is left with Ctrl-C", async () => {
    const screen = openTerminal(["init"], {}, { ...small, cwd: folder });
    await screen.shows("livepeer-studio");
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 130);
    assert.isFalse(existsSync(join(folder, "sluice.config.toml")));
  });

  it("asks nothing with --no-input", async () => {
    const { code, text } = await onTerminal(["init", "--no-input"], {}, { ...small, cwd: folder });
    assert.strictEqual(code, 0);
    assert.notInclude(text, "Which gateway?");
    assert.deepStrictEqual(parse(read("sluice.config.toml")), { gateway: "livepeer-cloud" });
  });
});

describe("what it writes", () => {
  it("is TOML in which each comment could be a setting", () => {
    const all = settingsFile({ gateway: "emulator" }).replaceAll(/^# (?=\w+ = )/gm, "");
    const values = parse(all) as Readonly<Record<string, string | boolean>>;
    const allowed = settingNames.filter((name) => !("userOnly" in definitions[name]));
    assert.deepStrictEqual(Object.keys(values), allowed);
    assert.notInclude(Object.keys(values), "confirm_above");
    for (const name of allowed) assert.isUndefined(mistakeInValue(name, String(values[name])), name);
  });

  it("names a variable of each setting, with nothing set", () => {
    const example = envExample();
    for (const name of settingNames) assert.include(example, `\n# ${definitions[name].variables[0]}=\n`);
    assert.deepStrictEqual(example.match(/^[A-Z_]+=.*$/gm), ["LIVEPEER_API_KEY="]);
  });

  it("adds to a .gitignore only what no line of it covers", () => {
    assert.strictEqual(extendedGitignore("", "out"), ".env\nout/\n");
    assert.strictEqual(extendedGitignore("a\r\n", "out"), "a\r\n.env\r\nout/\r\n");
    assert.isUndefined(extendedGitignore("/.env\n/out\n", "out"));
    assert.isUndefined(extendedGitignore(".env*\n!.env.example\nout/**\n", "out"));
  });
});
