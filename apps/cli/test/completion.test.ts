import { spawnSync } from "node:child_process";
import { assert, describe, it } from "vitest";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal } from "./terminal.ts";

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).error === undefined;

/** What Bash offers at the end of a line. */
const offered = (script: string, line: ReadonlyArray<string>): ReadonlyArray<string> => {
  const program = `${script}
    COMP_WORDS=(${line.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${line.length - 1}
    COMP_LINE='${line.join(" ")}'; COMP_POINT=\${#COMP_LINE}
    read -r _ _ name _ < <(complete -p sluice | sed 's/.*-F \\([^ ]*\\).*/x x \\1 x/')
    "$name" sluice '${line.at(-1) ?? ""}' '${line.at(-2) ?? ""}'
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, status, stderr } = spawnSync("bash", ["--norc"], { input: program, encoding: "utf8" });
  assert.strictEqual(status, 0, stderr);
  return stdout.trim().split("\n");
};

describe("sluice completion", () => {
  it("completes commands, their flags and those of every command in Bash", async () => {
    const { code, stdout, stderr } = await sluice(["completion", "bash"]);
    assert.deepStrictEqual([code, stderr], [0, ""]);
    assert.notInclude(stdout, "--completions");
    assert.includeMembers([...offered(stdout, ["sluice", "c"])], ["config", "completion"]);
    assert.deepStrictEqual(offered(stdout, ["sluice", "config", "ge"]), ["get"]);
    assert.includeMembers([...offered(stdout, ["sluice", "serve", "--"])], ["--port", "--fault", "--json"]);
  });

  it.each(["bash", "zsh", "fish"])("is a script that %s takes", async (shell) => {
    const { stdout } = await sluice(["completion", shell]);
    assert.include(stdout, "sluice");
    if (!has(shell)) return;
    const checked = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
    assert.deepStrictEqual([checked.status, checked.stderr], [0, ""]);
  });

  it("gives the script to programs", async () => {
    const ended = await sluice(["completion", "powershell", "--json"]);
    assert.include(resultOf(ended)["script"], "Register-ArgumentCompleter");
  });

  it("prints the same on a terminal, and names the shells when it is told another", async () => {
    const { code, text } = await onTerminal(["completion", "fish"], {}, { columns: 400, rows: 50 });
    assert.strictEqual(code, 0);
    assert.include(text, "complete -c sluice");
    const wrong = await sluice(["completion", "tcsh"]);
    assert.strictEqual(wrong.code, 2);
    assert.strictEqual(wrong.stdout, "");
    assert.match(wrong.stderr, /tcsh[^]*bash[^]*fish/);
  });
});
