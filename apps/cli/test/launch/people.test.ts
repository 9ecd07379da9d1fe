/** `sluice launch attest` and `explain`: what people say, and what they are told. */
import { readAttestations } from "@sluice/readiness";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { resultOf, sluice } from "../sluice.ts";
import { application } from "./application.ts";

const file = "launch.attest.toml";
const today = new Date().toISOString().slice(0, 10);

describe("sluice launch attest", () => {
  const attest = (cwd: string, ...args: ReadonlyArray<string>) => sluice(["launch", "attest", ...args], {}, { cwd });
  const by = ["--by", "ada@example.com", "--evidence", "https://wiki.example.com/status"];

  it("writes a word that the check takes then, until it expires", async () => {
    using folder = application();
    const { code, stdout, stderr } = await attest(folder.path, "s1", ...by);
    assert.strictEqual(code, 0, stderr);
    assert.strictEqual(stdout, `${file}\n`);
    assert.match(stderr, /^✔ S1: ada@example\.com says so, until \d{4}-\d\d-\d\d$/m);
    const read = readAttestations(readFileSync(join(folder.path, file), "utf8"));
    if (!read.ok) throw new Error(read.mistake);
    assert.deepInclude(read.attestations[0], { id: "S1", by: "ada@example.com", on: today });
    const checked = await sluice(["launch", "check", "--only", "S1", "--offline"], {}, { cwd: folder.path });
    assert.strictEqual(checked.code, 0, checked.stdout);
    assert.match(checked.stdout, /^✔ S1 .*ada@example\.com/m);
  });

  it("says for programs what it wrote", async () => {
    using folder = application();
    const told = resultOf(await attest(folder.path, "S1", ...by, "--until", today, "--json"));
    assert.deepInclude(told, { ok: true, id: "S1", on: today, until: today, file: join(folder.path, file) });
  });

  it("refuses a word that cannot count, and writes nothing", async () => {
    using folder = application();
    const wrong: ReadonlyArray<ReadonlyArray<string>> = [
      ["X1", ...by],
      ["S1", "--by", "ada@example.com"],
      ["S1", ...by, "--on", "2026-02-30"],
      ["S1", ...by, "--on", "2999-01-01"],
      ["S1", ...by, "--until", "2999-01-01"],
    ];
    for (const args of wrong) assert.strictEqual((await attest(folder.path, ...args)).code, 2, args.join(" "));
    assert.isFalse(existsSync(join(folder.path, file)));
  });

  it("keeps what was said before, however long it is, and writes nothing over what it cannot read", async () => {
    const said = '[[attestations]]\nid = "O5"\nby = "Grace"\non = 2026-11-20\nuntil = 2026-11-27\nevidence = "x"\n';
    using folder = application({ [file]: `${"# our notes\n".repeat(400_000)}${said}` });
    assert.strictEqual((await attest(folder.path, "S1", ...by)).code, 0);
    const read = readAttestations(readFileSync(join(folder.path, file), "utf8"));
    if (!read.ok) throw new Error(read.mistake);
    assert.deepStrictEqual(
      read.attestations.map(({ id }) => id),
      ["O5", "S1"],
    );
    using other = application({ [`${file}/inner`]: "" });
    const refused = await attest(other.path, "S1", ...by);
    assert.strictEqual(refused.code, 2);
    assert.match(refused.stderr, /^✗ SLUICE-CONFIG {2}launch\.attest\.toml cannot be read: EISDIR$/m);
  });
});

describe("sluice launch explain", () => {
  it("lists every check", async () => {
    const { code, stdout } = await sluice(["launch", "explain"]);
    assert.strictEqual(code, 0);
    for (const id of ["G1", "A1", "E3", "M1", "C1", "O1", "S2"]) assert.match(stdout, new RegExp(`^${id} `, "m"));
  });

  it("says of one what it asks, how it is looked at, and what software cannot see", async () => {
    const { code, stdout } = await sluice(["launch", "explain", "s1"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^S1 {2}\S.*\n\nASKS\n {2}\S[^]*\n\nLOOKED AT\n {2}\S[^]*\n\nNOT SEEN BY SOFTWARE\n {2}\S/);
    assert.match(stdout, /^ {2}sluice launch attest S1 --by you --evidence "…"$/m);
    const told = resultOf(await sluice(["launch", "explain", "S2", "--json"]));
    assert.deepNestedInclude(told, { "checks[0].id": "S2", "checks[0].group": "launch" });
    assert.strictEqual((await sluice(["launch", "explain", "Z9"])).code, 2);
  });
});
