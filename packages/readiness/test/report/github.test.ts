import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { githubOf } from "../../src/index.ts";
import { report, reportOf, resultOf } from "./reports.ts";

/** As GitHub's runner reads a line: a command, its properties and its text. */
const read = (line: string) => {
  const [, kind, given = "", data = ""] = /^::(error|warning|notice) (.*?)::(.*)$/s.exec(line) ?? [];
  const plain = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const properties = given.split(",").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return [name, plain(value.join("=")).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%")] as const;
  });
  return { kind, ...Object.fromEntries(properties), text: plain(data).replaceAll("%25", "%") };
};

const linesOf = (text: string): ReadonlyArray<string> => {
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
};
const commandsOf = (given: Parameters<typeof githubOf>[0]) => linesOf(githubOf(given)).map(read);

describe("a report in GitHub's workflow commands", () => {
  it("has an error for what blocks, where it is, and the sum of it all", () => {
    const places = [
      { file: "src/a,b.ts", line: 3, column: 7, message: "a key" },
      { file: "b.ts", line: 1 },
    ];
    expect(linesOf(githubOf(reportOf([resultOf({ places })])))).toEqual([
      "::error file=src/a%2Cb.ts,line=3,col=7,title=S2 somebody is called when it fails (fail)::" +
        "launch.toml names nobody: a key%0Ab.ts:1%0AWhat to do: Name somebody",
      "::error title=Not ready to launch%3A 1 of 1 check keeps it back::my-app: 1 fail",
    ]);
  });

  it("names a file from the top of the repository that the folder stands in", () => {
    const places = [{ file: "a.ts", line: 3 }, { file: "../../b.ts" }, { file: "/var/c.log" }];
    const given = githubOf(reportOf([resultOf({ places })]), "apps/my app/");
    expect(given).toContain("::error file=apps/my app/a.ts,line=3,title=");
    expect(given).toContain("%0Ab.ts%0A/var/c.log%0A");
  });

  it.each([
    { status: "warn", known: false, kind: "warning" },
    { status: "manual", known: false, kind: "warning" },
    { status: "fail", known: true, kind: "notice" },
  ] as const)("has a $kind for $status that keeps nothing back", ({ status, known, kind }) => {
    const [one, sum, ...more] = commandsOf(reportOf([resultOf({ status, known, blocks: false })]));
    expect(one?.kind).toBe(kind);
    expect(sum).toMatchObject({ kind: "notice", title: "Ready to launch: nothing keeps it back" });
    expect(more).toEqual([]);
  });

  it("has nothing for what is well, and a notice for a note", () => {
    const well = [resultOf({ status: "pass", blocks: false }), resultOf({ status: "skip", blocks: false })];
    expect(commandsOf(reportOf(well, { notes: ["there is no launch.toml"] })).map(({ text }) => text)).toEqual([
      ...["there is no launch.toml", "my-app: 1 pass, 1 skip"],
    ]);
  });

  it("says whatever the texts just what it means, a command a line, and nothing else is one", () => {
    fc.assert(
      fc.property(report, (given) => {
        const lines = linesOf(githubOf(given));
        const open = given.checks.filter(({ status }) => status !== "pass" && status !== "skip");
        expect(lines.length).toBe(open.length + given.notes.length + 1);
        for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:]*::[^\r\n]*$/);
        const commands = lines.map(read);
        for (const [index, { id, title, status, known, evidence, places }] of open.entries()) {
          expect(commands[index]).toMatchObject({
            title: `${id} ${title} (${known ? `${status}, known` : status})`,
            ...(places[0] === undefined ? {} : { file: places[0].file }),
          });
          expect(commands[index]?.text.startsWith(evidence)).toBe(true);
        }
      }),
    );
  });
});
