/** Keys that git still has, in real repositories: whoever fetched them has them too. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";

interface Told {
  readonly place: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly commit?: string;
  readonly date?: string;
  readonly reachable?: boolean;
  readonly object?: string;
  readonly message: string;
  readonly severity: string;
}

const surroundings = {
  PATH: process.env["PATH"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  GIT_AUTHOR_DATE: "2026-03-02T10:00:00Z",
  GIT_COMMITTER_DATE: "2026-03-02T10:00:00Z",
};

const repository = () => {
  const folder = temporaryFolder();
  const { path } = folder;
  const git = (...args: ReadonlyArray<string>): string =>
    execFileSync("git", args, {
      cwd: path,
      env: surroundings,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  git("init", "-q", "-b", "main");
  write("README.md", "# nothing\n");
  git("add", "-A");
  git("commit", "-qm", "first");
  return { path, git, write, [Symbol.dispose]: () => folder[Symbol.dispose]() };
};

const scan = async (cwd: string, key: string, ...args: ReadonlyArray<string>) => {
  const ended = await sluice(["keys", "scan", "--json", ...args], { LIVEPEER_API_KEY: key }, { cwd });
  const result = resultOf(ended);
  if (key !== "") assert.notInclude(ended.stdout + ended.stderr, key);
  return { code: ended.code, result, findings: result["findings"] as ReadonlyArray<Told> };
};

describe("sluice keys scan --history", () => {
  it("finds a key in a file that was deleted, with its commit, date and line", async () => {
    using repo = repository();
    const key = randomUUID();
    repo.write("ä folder/.env", `A=1\nLIVEPEER_API_KEY=${key}\n`);
    repo.git("add", "-Af");
    repo.git("commit", "-qm", "oops");
    const commit = repo.git("rev-parse", "HEAD");
    repo.git("rm", "-q", "ä folder/.env");
    repo.git("commit", "-qm", "gone");
    const { code, findings } = await scan(repo.path, key);
    assert.strictEqual(code, 10);
    assert.lengthOf(findings, 1);
    assert.deepInclude(findings[0], {
      ...{ place: "history", file: "ä folder/.env", line: 2, commit, date: "2026-03-02", reachable: true },
      severity: "critical",
    });
    const unread = await scan(repo.path, key, "--no-history");
    assert.strictEqual(unread.code, 0);
  });

  it("finds one in a commit that was reset away and that no reflog has", async () => {
    using repo = repository();
    const key = randomUUID();
    repo.write("app.ts", `const key = "${key}";\n`);
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    const commit = repo.git("rev-parse", "HEAD");
    repo.git("reset", "-q", "--hard", "HEAD~1");
    repo.git("reflog", "expire", "--expire=now", "--all");
    const { findings } = await scan(repo.path, key);
    assert.lengthOf(findings, 1);
    assert.deepInclude(findings[0], { file: "app.ts", commit, reachable: false });
  });

  it("finds one that was amended away, one in a stash, one that was only staged, and ones in messages", async () => {
    using repo = repository();
    const [amended, stashed, staged, said] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const name = (key: string): string => `LIVEPEER_API_KEY=${key}\n`;
    repo.write("amended", name(amended));
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    repo.write("amended", "");
    repo.git("commit", "-qa", "--amend", "-m", "better");
    repo.write("stashed", name(stashed));
    repo.git("stash", "-qu");
    repo.write("staged", name(staged));
    repo.git("add", "-A");
    repo.write("staged", "");
    repo.git("add", "-A");
    repo.git("commit", "-q", "--allow-empty", "-m", `deploy with LIVEPEER_API_KEY=${said}`);
    repo.git("tag", "-a", "v1", "-m", `LIVEPEER_API_KEY=${said} again`);
    const { findings } = await scan(repo.path, "");
    const places = findings.map(({ file, commit, object, reachable, message }) => [
      ...[file, commit !== undefined, object !== undefined, reachable, message.includes("in the message")],
    ]);
    assert.sameDeepMembers(places, [
      ["amended", true, false, false, false],
      ["stashed", true, false, true, false],
      [null, false, true, undefined, false],
      [null, true, false, true, true],
      [null, false, true, undefined, false],
    ]);
  });

  it("tells a key that is in many versions of a file, and still in it, once, with its first commit", async () => {
    using repo = repository();
    const key = randomUUID();
    const commits: Array<string> = [];
    for (let version = 1; version <= 4; version += 1) {
      repo.write("app.ts", `${"// line\n".repeat(version)}const key = "${key}";\n`);
      repo.git("add", "-A");
      repo.git("commit", "-qm", `version ${version}`);
      commits.push(repo.git("rev-parse", "HEAD"));
    }
    const { findings } = await scan(repo.path, key);
    assert.lengthOf(findings, 1);
    assert.deepInclude(findings[0], { place: "tree", file: "app.ts", line: 5, commit: commits[0] ?? "" });
  });

  it("works in a bare repository, a worktree, and a packed one", async () => {
    using repo = repository();
    using other = temporaryFolder();
    const key = randomUUID();
    repo.write("gone", key);
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    repo.git("rm", "-q", "gone");
    repo.git("commit", "-qm", "gone");
    repo.git("gc", "-q");
    const bare = join(other.path, "bare.git");
    repo.git("clone", "-q", "--bare", repo.path, bare);
    const tree = join(other.path, "tree");
    repo.git("worktree", "add", "-q", tree, "-b", "other");
    for (const folder of [repo.path, bare, tree]) {
      const { findings } = await scan(folder, key);
      assert.deepInclude(findings[0], { place: "history", file: "gone", line: 1 }, folder);
    }
  });

  it("says that a shallow clone has not everything", async () => {
    using repo = repository();
    using other = temporaryFolder();
    const key = randomUUID();
    repo.write("gone", key);
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    repo.git("rm", "-q", "gone");
    repo.git("commit", "-qm", "gone");
    const clone = join(other.path, "clone");
    repo.git("clone", "-q", "--depth", "1", `file://${repo.path}`, clone);
    const { code, stderr } = await sluice(["keys", "scan"], { LIVEPEER_API_KEY: key }, { cwd: clone });
    assert.strictEqual(code, 0);
    assert.include(stderr, "a shallow clone");
  });

  it("does without git where there is none, unless history was asked for", async () => {
    using folder = temporaryFolder();
    const key = randomUUID();
    writeFileSync(join(folder.path, "app.ts"), key);
    const { code, findings } = await scan(folder.path, key);
    assert.strictEqual(code, 10);
    assert.deepInclude(findings[0], { place: "tree", file: "app.ts", line: 1 });
    const asked = await sluice(["keys", "scan", "--history"], {}, { cwd: folder.path });
    assert.strictEqual(asked.code, 2);
    assert.include(asked.stderr, "it is no git repository");
    const without = await sluice(
      ["keys", "scan", "--no-history"],
      { PATH: dirname(process.execPath) },
      { cwd: folder.path },
    );
    assert.strictEqual(without.code, 0);
  });

  it("looks at the folder's repository, whatever a hook's variables say, and runs none of its programs", async () => {
    using repo = repository();
    using other = repository();
    const key = randomUUID();
    repo.write("gone", key);
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    repo.git("rm", "-q", "gone");
    repo.git("config", "core.fsmonitor", `touch ${join(repo.path, "RAN")}; false`);
    const env = { GIT_DIR: join(other.path, ".git"), GIT_INDEX_FILE: "nowhere", LIVEPEER_API_KEY: key };
    const ended = await sluice(["keys", "scan"], env, { cwd: repo.path });
    assert.strictEqual(ended.code, 10);
    assert.throws(() => rmSync(join(repo.path, "RAN")));
  });

  it("leaves out what is excluded and what is allowed", async () => {
    using repo = repository();
    const key = randomUUID();
    repo.write("fixtures/a.txt", `LIVEPEER_API_KEY=${key}`);
    repo.git("add", "-A");
    repo.git("commit", "-qm", "oops");
    const all = await scan(repo.path, "");
    const { fingerprint } = all.findings[0] as unknown as { readonly fingerprint: string };
    assert.strictEqual(all.code, 10);
    assert.strictEqual((await scan(repo.path, "", "--exclude", "fixtures")).code, 0);
    assert.strictEqual((await scan(repo.path, "", "--allow", fingerprint)).code, 0);
    repo.write("fixtures/a.txt", `LIVEPEER_API_KEY=${key} # sluice-allow-secret`);
    assert.strictEqual((await scan(repo.path, "")).code, 0);
  });
});
