/** A4, with what git itself says. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { folderWith, verdictOf } from "../../subject.ts";
import { repository, verdictOn } from "./repository.ts";
import { serviceAt } from "./service.ts";

const all = ".env*\n!.env.example\n";
const judge = (files: Readonly<Record<string, string>>) => verdictOf("A4", { files, git: true });

describe(".env files", () => {
  it("are kept out by a .gitignore, and an example is not one", async () => {
    const files = { ".gitignore": all, ".env": "A=1", ".env.example": "A=", "apps/web/.env.local.example": "A=" };
    assert.deepEqual(await judge(files), {
      status: "pass",
      evidence: ".env, .env.local, .env.production are ignored by .gitignore",
    });
  });

  it("fail in git, even if a .gitignore came later", async () => {
    const { path, commit } = repository();
    commit({ "apps/web/.env.production": "KEY=x" });
    commit({ ".gitignore": all });
    const verdict = await verdictOn("A4", path);
    assert.deepInclude(verdict, { status: "fail", evidence: "apps/web/.env.production: in git" });
    assert.match(verdict.fix ?? "", /^git rm --cached apps\/web\/\.env\.production; .+ rotate what was in it\.$/);
  });

  it("warn in git where they are for tests and development, which by custom hold no secret", async () => {
    const { path, commit } = repository();
    commit({ "apps/web/.env.test": "A=1", ".env.development": "A=1", "examples/a/.env": "A=1" });
    commit({ ".gitignore": all });
    assert.deepInclude(await verdictOn("A4", path), {
      status: "warn",
      evidence: ".env.development, apps/web/.env.test, examples/a/.env: in git",
    });
  });

  it("fail where the next commit would take them, or where nothing keeps them out", async () => {
    const path = folderWith({ "a.ts": "", ".gitignore": "/.env\n/.env.local\n/.env.production\n" });
    const { git } = repository();
    git("init", "--quiet", path);
    writeFileSync(join(path, ".env.staging"), "A=1");
    assert.deepInclude(await verdictOn("A4", path), {
      status: "fail",
      evidence: ".env.staging: neither in git nor ignored: the next commit takes it",
    });
    const none = await judge({ "a.ts": "" });
    assert.deepInclude(none, {
      status: "fail",
      evidence: ".env, .env.local, .env.production: not ignored by a .gitignore",
      fix: "Add to .gitignore: .env* and !.env.example.",
    });
  });

  it("are expected wherever an example says so", async () => {
    const verdict = await judge({ ".gitignore": "/.env*\n", "apps/web/.env.example": "A=" });
    assert.strictEqual(verdict.status, "fail");
    assert.match(verdict.evidence, /^apps\/web\/\.env, /);
  });

  it("warn when only .env itself is ignored", async () => {
    const verdict = await judge({ ".gitignore": ".env\n" });
    assert.deepInclude(verdict, {
      status: "warn",
      evidence: ".env.local, .env.production: not ignored by a .gitignore",
    });
  });

  it("are not kept out by what this machine alone ignores", async () => {
    const { path, commit, git } = repository();
    commit({ "a.ts": "" });
    writeFileSync(join(path, ".git/info/exclude"), all);
    writeFileSync(join(path, ".git/ignored"), all);
    git("config", "core.excludesFile", join(path, ".git/ignored"));
    assert.strictEqual((await verdictOn("A4", path)).status, "fail");
    commit({ ".gitignore": `${all}!.env\n` });
    assert.include((await verdictOn("A4", path)).evidence, ".env: not ignored");
  });

  it("warn when one was deleted: every clone has it", async () => {
    const { path, commit } = repository();
    commit({ ".gitignore": "", "web/.env": "KEY=x", "web/.env.sample": "KEY=" });
    commit({ ".gitignore": all, "web/.env": undefined, "web/.env.sample": undefined });
    const verdict = await verdictOn("A4", path);
    assert.deepInclude(verdict, { status: "warn", evidence: "web/.env: deleted, and still in git's history" });
    assert.match(verdict.fix ?? "", /^Rotate/);
    assert.match(verdict.places?.[0]?.message ?? "", /^was committed \([0-9a-f]{7,}, \d{4}-\d\d-\d\d\)$/);
  });

  it("cannot be told without git, and do not matter to a service", async () => {
    assert.strictEqual((await verdictOf("A4", { files: { ".gitignore": all } })).status, "manual");
    assert.strictEqual((await verdictOf("A4", { service: serviceAt("https://gateway.example") })).status, "skip");
  });
});

describe("an image that copies everything", () => {
  const dockerfile = "FROM node AS build\nRUN true\nCOPY --chown=node . /app\n";
  const judged = (files: Readonly<Record<string, string>>) => judge({ ".gitignore": all, ...files });

  it("warns without a .dockerignore that leaves out .env", async () => {
    const verdict = await judged({ Dockerfile: dockerfile, ".dockerignore": "node_modules\n*\n!.env\n" });
    assert.deepInclude(verdict, { status: "warn", evidence: "Dockerfile: into an image with all else" });
    assert.deepEqual(verdict.places, [{ file: "Dockerfile", line: 3, message: "copies everything, .env files too" }]);
    assert.include(verdict.fix, ".dockerignore");
    assert.strictEqual((await judged({ "ops/api.Dockerfile": "FROM a\nADD ./ /app\n" })).status, "warn");
  });

  it.each([".env", "**/.env*", "*\n!src", "# comment\n/.env*"])("is well with %j", async (rules) => {
    assert.strictEqual((await judged({ Dockerfile: dockerfile, ".dockerignore": rules })).status, "pass");
  });

  it("is well when it copies what it names, or from another stage", async () => {
    const files = { Dockerfile: "FROM a\nCOPY src ./\nCOPY --from=build . /app\nCOPY ./package.json .\n" };
    assert.strictEqual((await judged(files)).status, "pass");
  });
});
