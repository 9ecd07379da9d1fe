import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parse } from "smol-toml";
import * as yaml from "yaml";
import { LaunchSettings, readSettings } from "@sluice/readiness";
import * as z from "zod";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { envExample } from "../src/init/envExample.ts";
import { extendedGitignore } from "../src/init/gitignore.ts";
import { launchFile } from "../src/init/launchFile.ts";
import { settingsFile } from "../src/init/settingsFile.ts";
import { workflow, workflowPath } from "../src/init/workflow.ts";
import { definitions, settingNames } from "../src/settings/definitions.ts";
import { mistakeInValue } from "../src/settings/mistakeInValue.ts";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal, openTerminal, small } from "./terminal.ts";

let folder: string;

const ciFile = ".github/workflows/launch.yml";

/** In the order in which they are told. */
const files = ["sluice.config.toml", ".env.example", "launch.toml", ciFile, ".gitignore"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-init-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

const init = (...args: ReadonlyArray<string>) => sluice(["init", ...args], {}, { cwd: folder });

describe("sluice init, in a pipe", () => {
  it("writes its files for the default gateway, a line for each, and says how to go on", async () => {
    const { code, stdout, stderr } = await init();
    assert.strictEqual(code, 0);
    assert.strictEqual(stdout, files.map((name) => `✔ wrote     ${name}\n`).join(""));
    const next = [
      "sluice doctor",
      'sluice generate text-to-image "a red fox in snow"',
      "sluice launch check",
      "sluice launch drill --help",
    ];
    assert.strictEqual(stderr, `\nnext  ${next.join("\n      ")}\n`);
    assert.deepStrictEqual(parse(read("sluice.config.toml")), { gateway: "livepeer-cloud" });
    assert.strictEqual(read(".gitignore"), ".env\n.env.*\n!.env.example\nout/\n");
    assert.deepStrictEqual(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
        .toSorted(),
      files.toSorted(),
    );

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
    const { code, stdout, stderr } = await init("--gateway", "livepeer-studio", "--no-ci");
    assert.strictEqual(code, 0);
    assert.strictEqual(
      stdout,
      "– kept      sluice.config.toml\n✔ wrote     .env.example\n✔ wrote     launch.toml\n✔ added to  .gitignore\n",
    );
    assert.isFalse(existsSync(join(folder, ".github")));
    assert.match(
      stderr,
      /^next {2}sluice config set gateway livepeer-studio\n {6}sluice auth login -g livepeer-studio$/m,
    );
    assert.strictEqual(read("sluice.config.toml"), "# mine\n");
    assert.strictEqual(read(".gitignore"), "node_modules/\n.env*\n!.env.example\nout/\n");

    const again = await init();
    assert.strictEqual(
      again.stdout,
      files.map((name) => (name === ciFile ? `✔ wrote     ${name}\n` : `– kept      ${name}\n`)).join(""),
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
        { path: "launch.toml", action: "written" },
        { path: ciFile, action: "written" },
        { path: ".gitignore", action: "extended" },
      ],
    });
    assert.strictEqual(ended.stderr, "");
    assert.deepStrictEqual(parse(read("sluice.config.toml")), { gateway: "http://127.0.0.1:8935/" });
    assert.strictEqual(read(".gitignore"), "secret/\n.env\n.env.*\n!.env.example\nout/\n");
  });

  it("writes nothing with -n", async () => {
    const { code, stdout } = await init("-n");
    assert.strictEqual(code, 0);
    assert.match(stdout, /^– would write {4}sluice\.config\.toml$/m);
    assert.deepStrictEqual(readdirSync(folder), []);
  });

  it("writes the workflow where GitHub runs it, which is at the top of the repository", async () => {
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const app = join(folder, "apps/a shop");
    mkdirSync(app, { recursive: true });
    const { stdout } = await sluice(["init"], {}, { cwd: app });
    assert.include(stdout, "✔ wrote     ../../.github/workflows/launch.apps.a shop.yml\n");
    const { name, defaults } = WorkflowHead.parse(yaml.parse(read(".github/workflows/launch.apps.a shop.yml")));
    assert.strictEqual(name, "launch apps/a shop");
    assert.strictEqual(defaults?.run["working-directory"], "apps/a shop");
    assert.isTrue(existsSync(join(app, ".gitignore")));
  });

  it("leaves a repository alone that ignores the folder, such as one of a home folder", async () => {
    execFileSync("git", ["init", "-q"], { cwd: folder });
    writeFileSync(join(folder, ".gitignore"), "*\n");
    const app = join(folder, "shop");
    mkdirSync(app);
    const { stdout } = await sluice(["init"], {}, { cwd: app });
    assert.include(stdout, `✔ wrote     ${ciFile}\n`);
    assert.deepStrictEqual(readdirSync(folder).toSorted(), [".git", ".gitignore", "shop"]);
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

const WorkflowHead = z.object({
  name: z.string(),
  defaults: z.object({ run: z.object({ "working-directory": z.string() }) }).optional(),
});

/** The paths of everything that is set, of a table's first entry where there are several. */
const namesIn = (value: unknown, path = ""): ReadonlyArray<string> => {
  const inner: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof inner !== "object" || inner === null || inner instanceof Date) return [path];
  return Object.entries(inner)
    .flatMap(([name, one]) => namesIn(one, `${path}/${name}`))
    .toSorted();
};

/** The paths of everything that a schema lets be set. */
const namesOf = (schema: z.ZodType): ReadonlyArray<string> => {
  const visit = (node: JsonSchema, path: string): ReadonlyArray<string> => {
    if (node.items?.properties !== undefined) return visit(node.items, path);
    if (node.properties === undefined) return [path];
    return Object.entries(node.properties).flatMap(([name, one]) => visit(one, `${path}/${name}`));
  };
  return visit(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema, "").toSorted();
};

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

describe("what it writes", () => {
  it("is TOML in which each comment could be a setting", () => {
    const all = settingsFile({ gateway: "emulator" }).replaceAll(/^# (?=\w+ = )/gm, "");
    const values = parse(all) as Readonly<Record<string, string | boolean>>;
    const allowed = settingNames.filter((name) => !("userOnly" in definitions[name]));
    assert.deepStrictEqual(Object.keys(values), allowed);
    assert.notInclude(Object.keys(values), "confirm_above");
    for (const name of allowed) assert.isUndefined(mistakeInValue(name, String(values[name])), name);
  });

  it("is a launch.toml that names every setting, and whose comments are values of it", () => {
    const whole = launchFile({ gateway: "livepeer-studio" }).replaceAll(/^# (?=\[|\w+ = )/gm, "");
    const settings = readSettings(whole);
    assert.deepStrictEqual(namesIn(parse(whole)), namesOf(LaunchSettings));
    assert.strictEqual(settings.gateway, "livepeer-studio");
  });

  it("is a launch.toml without the gateways that nobody launches on", () => {
    for (const gateway of ["livepeer-cloud", "emulator"])
      assert.isUndefined(readSettings(launchFile({ gateway })).gateway);
    const own = launchFile({ gateway: "go-livepeer", gateway_url: "https://gateway.example.com" });
    assert.strictEqual(readSettings(own).gateway, "https://gateway.example.com");
  });

  it("is a workflow that runs where it stands, at the top of a repository", () => {
    assert.deepStrictEqual(WorkflowHead.parse(yaml.parse(workflow(""))), { name: "launch" });
    assert.strictEqual(workflowPath(""), ciFile);
  });

  it("names a variable of each setting, with nothing set", () => {
    const example = envExample();
    for (const name of settingNames) assert.include(example, `\n# ${definitions[name].variables[0]}=\n`);
    assert.deepStrictEqual(example.match(/^[A-Z_]+=.*$/gm), ["LIVEPEER_API_KEY="]);
  });

  it("adds to a .gitignore only what no line of it covers", () => {
    assert.strictEqual(extendedGitignore("", "out"), ".env\n.env.*\n!.env.example\nout/\n");
    assert.strictEqual(extendedGitignore("a\r\n", "out"), "a\r\n.env\r\n.env.*\r\n!.env.example\r\nout/\r\n");
    assert.isUndefined(extendedGitignore("/.env\n.env.*\n!.env.example\n/out\n", "out"));
    assert.isUndefined(extendedGitignore(".env*\n!.env.example\nout/**\n", "out"));
  });
});
