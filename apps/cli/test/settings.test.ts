import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";

/** A project in a folder of its own, with a user's file; empty texts leave a file out. */
const project = ({ own = "", user = "" }) => {
  const folder = temporaryFolder();
  const config = join(folder.path, "config", "sluice");
  const deep = join(folder.path, "project", "deep", "down");
  mkdirSync(config, { recursive: true });
  mkdirSync(deep, { recursive: true });
  if (own !== "") writeFileSync(join(folder.path, "project", "sluice.config.toml"), own);
  if (user !== "") writeFileSync(join(config, "config.toml"), user);
  return {
    ...folder,
    get: (setting: string, env: NodeJS.ProcessEnv = {}) =>
      sluice(
        ["config", "get", setting, "--json"],
        { XDG_CONFIG_HOME: join(folder.path, "config"), ...env },
        { cwd: deep },
      ),
  };
};

describe("a setting is that of", () => {
  const own = '# ours\ntimeout = "20s"\n';
  const user = 'max_cost = "2"\ntimeout = "10s"\n';
  const timeout = async (files: { own?: string; user?: string }, env?: NodeJS.ProcessEnv) => {
    using folder = project(files);
    const { setting } = resultOf(await folder.get("timeout", env));
    return setting as { name: string; value: string; from: string; where: string };
  };

  it("the environment before the files", async () => {
    const found = await timeout({ own, user }, { SLUICE_TIMEOUT: "30s" });
    assert.deepEqual(found, { name: "timeout", value: "30s", from: "environment", where: "SLUICE_TIMEOUT" });
  });

  it("the files before the default, when the variable is empty", async () => {
    assert.deepInclude(await timeout({ own, user }, { SLUICE_TIMEOUT: "" }), { value: "20s", from: "project" });
  });

  it("the project's file, up the tree, before the user's, and says the line", async () => {
    const { value, from, where } = await timeout({ own, user });
    assert.deepEqual([value, from], ["20s", "project"]);
    assert.match(where, /project.sluice\.config\.toml:2$/);
  });

  it("the user's file before the default", async () => {
    const { value, where } = await timeout({ user });
    assert.strictEqual(value, "10s");
    assert.match(where, /config\.toml:2$/);
  });

  it("the default at last", async () => {
    assert.deepInclude(await timeout({}), { value: "300s", from: "default", where: "default" });
  });
});

describe("a configuration that is wrong ends with 2, and names", () => {
  const refused = async (files: { own?: string; user?: string }, env?: NodeJS.ProcessEnv) => {
    using folder = project(files);
    const ended = await folder.get("gateway", env);
    assert.strictEqual(ended.code, 2);
    const { code, message, fix } = resultOf(ended) as Readonly<Record<string, string>>;
    assert.strictEqual(code, "SLUICE-CONFIG");
    return `${message?.replace(/^.*?project./, "")} ${fix}`;
  };

  it("the line that is no TOML", async () => {
    assert.match(await refused({ own: "timeout = 3s\n" }), /^sluice\.config\.toml:1: /);
  });

  it("what is no setting, and the one that was meant", async () => {
    const told = await refused({ own: '\ntimeuot = "3s"\n' });
    assert.strictEqual(told, 'sluice.config.toml:2: "timeuot" is no setting Did you mean timeout?');
  });

  it("the value that is none, wherever it is", async () => {
    const duration = "write a number and a unit, such as 800ms, 20s or 5m";
    assert.include(
      await refused({ own: "timeout = 20\n" }),
      `sluice.config.toml:1: "20" is not a duration; ${duration}`,
    );
    assert.include(await refused({}, { SLUICE_MAX_COST: "cheap" }), 'SLUICE_MAX_COST: "cheap" is no amount of USD');
  });

  it("what only a person may set for themselves, in a project's file", async () => {
    const told = await refused({ own: 'confirm_above = "1000"\n' });
    assert.match(told, /^sluice\.config\.toml:1: confirm_above may not be set by a project's file.* --user$/);
    using folder = project({ user: 'confirm_above = "1000"\n' });
    assert.nestedPropertyVal(resultOf(await folder.get("confirm_above")), "setting.from", "user");
  });

  it("a table where a text belongs", async () => {
    assert.include(await refused({ own: "[timeout]\nof = 1\n" }), "sluice.config.toml:1: timeout must be a text");
  });
});
