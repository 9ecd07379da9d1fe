import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkOpenapi, openapiPath } from "../src/openapiBase.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openapi-"));
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => rmSync(root, { recursive: true }));

const git = (...words: ReadonlyArray<string>) => {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...identity, ...words], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
};

const write = (version: string, ...paths: ReadonlyArray<string>) => {
  const file = join(root, openapiPath);
  mkdirSync(dirname(file), { recursive: true });
  const items = Object.fromEntries(paths.map((path) => [path, { get: { responses: {} } }]));
  writeFileSync(file, JSON.stringify({ info: { version }, paths: items }));
};

const commit = () => {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message=a");
};

it("on main, the commit before is what must not break", () => {
  write("0.1.0", "/a", "/b");
  commit();
  write("0.1.0", "/a");
  commit();
  const { ok, text } = checkOpenapi(root);
  expect(ok).toBe(false);
  expect(text).toContain("  - GET /b is gone\n");
});

it("on a branch, it is where the branch left main, however many commits ago", () => {
  write("0.1.0", "/a", "/b");
  commit();
  git("checkout", "--quiet", "-b", "work");
  write("0.1.0", "/a");
  commit();
  commit();
  expect(checkOpenapi(root).text).toContain("GET /b is gone");
  expect(checkOpenapi(root, "HEAD~1")).toMatchObject({ ok: true });
});

it("what is not committed yet counts", () => {
  write("0.1.0", "/a");
  commit();
  commit();
  write("0.1.0", "/b");
  expect(checkOpenapi(root).text).toContain("GET /a is gone");
});

it("a version that may break passes, and the breaks are told all the same", () => {
  write("0.1.0", "/a");
  commit();
  write("0.2.0");
  commit();
  const { ok, text } = checkOpenapi(root);
  expect(ok).toBe(true);
  expect(text).toContain("GET /a is gone");
  expect(text).toContain("from 0.1.0 to 0.2.0");
});

it("a revision without the document has nothing to break", () => {
  commit();
  write("0.1.0", "/a");
  commit();
  expect(checkOpenapi(root)).toMatchObject({ ok: true, text: expect.stringContaining("nothing to break") as string });
});

it("the first commit has nothing before it", () => {
  write("0.1.0", "/a");
  commit();
  expect(checkOpenapi(root)).toMatchObject({ ok: true, text: "There is no earlier commit to compare with." });
});

it("a revision that is not there fails", () => {
  commit();
  expect(checkOpenapi(root, "v9")).toEqual({ ok: false, text: "There is no revision v9." });
});

it("a clone without its history passes, and is told how to compare", () => {
  write("0.1.0", "/a");
  commit();
  commit();
  const clone = join(root, "clone");
  git("clone", "--quiet", "--depth=1", `file://${root}`, clone);
  const { ok, text } = checkOpenapi(clone);
  expect(ok).toBe(true);
  expect(text).toContain("fetch-depth: 0");
});
