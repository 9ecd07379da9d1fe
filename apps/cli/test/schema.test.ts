import { Ajv2020 } from "ajv/dist/2020.js";
import { assert, describe, it } from "vitest";
import type { CommandDescription, Schema } from "../src/results/schema.ts";
import { results } from "../src/results/results.ts";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal } from "./terminal.ts";

const described = async (...args: ReadonlyArray<string>) =>
  JSON.parse((await sluice(["schema", ...args])).stdout) as Omit<Schema, "message">;

const named = ({ commands }: Omit<Schema, "message">, path: string): CommandDescription => {
  const found = commands.find((command) => command.path === path);
  assert.isDefined(found, path);
  return found;
};

describe("sluice schema", () => {
  it("describes every command, its flags, arguments and choices, and the exit codes", async () => {
    const all = await described();
    const paths = all.commands.map(({ path }) => path);
    assert.includeMembers(paths, ["", "config list", "serve", "api key new", "schema"]);
    for (const { path, description } of all.commands) assert.isAbove(description.length, 10, path);
    const dialect = named(all, "serve").flags.find(({ name }) => name === "--dialect");
    assert.deepInclude(dialect, { choices: ["go-livepeer", "studio"], required: false });
    assert.deepInclude(named(all, "completion").arguments[0], { name: "shell", required: true, variadic: false });
    assert.include(
      all.exitCodes.map(({ code }) => code),
      130,
    );
    assert.include(
      all.globalFlags.map(({ name }) => name),
      "--json",
    );
  });

  it("has a schema of what --json prints for every command that does something", async () => {
    const { commands } = await described();
    const doing = commands.filter(({ subcommands, path }) => subcommands.length === 0 || path in results);
    assert.deepStrictEqual(
      doing.map(({ path }) => path).filter((path) => !(path in results)),
      [],
    );
  });

  it("gives every command examples", async () => {
    const { commands } = await described();
    const without = commands.filter(({ examples }) => examples.length === 0).map(({ path }) => path);
    assert.deepStrictEqual(without, []);
  });

  it("gives one command's JSON Schemas, which its result keeps", async () => {
    const { output } = named(await described("config", "list"), "config list");
    const isResult = new Ajv2020({ strict: false }).compile(output?.result as object);
    assert.isTrue(isResult(resultOf(await sluice(["config", "list", "--json"]))));
    assert.isFalse(isResult(resultOf(await sluice(["config", "get", "gateway", "--json"]))));
    const { output: served } = named(await described("serve"), "serve");
    assert.isDefined(served?.event);
  });

  it("is a result itself, and suggests the command that was meant, on a terminal too", async () => {
    const result = resultOf(await sluice(["schema", "--json"]));
    assert.strictEqual(result["command"], "schema");
    const wrong = await sluice(["schema", "config", "lsit"]);
    assert.deepStrictEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.include(wrong.stderr, "sluice schema config list");
    const screen = await onTerminal(["schema", "conifg"]);
    assert.strictEqual(screen.code, 2);
    assert.include(screen.text, '"conifg" is no command');
  });
});
